package io.latticeconsole.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.operation.SiteEffect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Where the requests of replicas that are lost will go.
public final class LossForecast {
    private static final double LEAST_PER_SECOND = 0.5;
    private static final int MOST = 24;

    private LossForecast() {}

    /// The largest changes of at least 0.5 requests/s at a site, replacements not counted. `load` is from before the
    /// loss; `lattice` may know of it already.
    public static List<SiteEffect> effects(LatticeState lattice, LoadView load, List<Replica> lost) {
        Set<ModelId> models = new TreeSet<>();
        List<Placement> gone = new ArrayList<>();
        List<Replica> leaving = new ArrayList<>();
        for (Replica replica : lost) {
            models.add(replica.model());
            if (isKnown(lattice, replica)) {
                gone.add(new Placement(replica.model(), replica.id().node(), 0));
            } else {
                leaving.add(replica);
            }
        }
        var forecast = new Forecast(lattice, load, models, List.of(new Reservation(Set.of(), gone)));
        gone.forEach(forecast::lose);
        leaving.forEach(r -> forecast.remove(r.id()));
        forecast.spread();
        return Findings.effects(forecast).stream()
                .filter(e -> Math.abs(e.change()) >= LEAST_PER_SECOND)
                .sorted(Comparator.comparingDouble(e -> -Math.abs(e.change())))
                .limit(MOST)
                .toList();
    }

    /// Whether the state has the replica as lost.
    private static boolean isKnown(LatticeState lattice, Replica lost) {
        Node node = lattice.nodes().get(lost.id().node());
        Replica now = lattice.replica(lost.id());
        return node == null || now == null || !Forecast.serves(node) || now.state() != ReplicaState.READY;
    }
}
