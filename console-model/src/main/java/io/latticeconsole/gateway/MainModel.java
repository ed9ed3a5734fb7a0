package io.latticeconsole.gateway;

import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.WorldSpec;
import java.util.Collection;

/// Which of a node's models its latency is that of.
public final class MainModel {
    private MainModel() {}

    /// The model that has most of the node's accelerators, the larger one of equals; -1 on an empty node.
    public static int of(WorldSpec world, NodeSpec spec) {
        double[] share = new double[world.models().size()];
        for (NodeSpec.Placed p : spec.replicas()) {
            share[p.model()] += p.count() * world.models().get(p.model()).billions();
        }
        return largest(share);
    }

    /// The same for the replicas that should be there now.
    static int of(WorldSpec world, Collection<OwnNode.Wanted> replicas) {
        double[] share = new double[world.models().size()];
        for (OwnNode.Wanted w : replicas) {
            share[w.model()] +=
                    Math.max(1, w.count()) * world.models().get(w.model()).billions();
        }
        return largest(share);
    }

    private static int largest(double[] share) {
        int best = -1;
        for (int m = 0; m < share.length; m++) {
            best = share[m] > 0 && (best < 0 || share[m] > share[best]) ? m : best;
        }
        return best;
    }
}
