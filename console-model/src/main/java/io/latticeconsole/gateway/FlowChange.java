package io.latticeconsole.gateway;

import io.latticeconsole.lattice.Replica;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import io.latticeconsole.world.WorldSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How one ingress's flows of the lost models changed since a loss, by site: who gave and who took.
final class FlowChange {
    private static final int MOST = 12;

    private final WorldSpec world;
    private final Flows flows;
    private final boolean[] concerned;
    private final double[][] before;

    FlowChange(WorldSpec world, Flows flows, List<Replica> lost) {
        this.world = world;
        this.flows = flows;
        concerned = new boolean[world.models().size()];
        before = new double[concerned.length][world.sites().size()];
        for (int m = 0; m < concerned.length; m++) {
            for (Replica replica : lost) {
                concerned[m] |= replica.model().equals(world.models().get(m).id());
            }
            for (int s = 0; concerned[m] && s < world.sites().size(); s++) {
                before[m][s] = flows.rate(m, s);
            }
        }
    }

    /// The largest changes of at least 0.5 requests/s.
    List<SiteEffect> effects() {
        List<SiteEffect> result = new ArrayList<>();
        for (int m = 0; m < concerned.length; m++) {
            for (int s = 0; concerned[m] && s < world.sites().size(); s++) {
                double after = flows.rate(m, s);
                if (Math.abs(after - before[m][s]) >= 0.5) {
                    result.add(new SiteEffect(
                            world.sites().get(s).id(),
                            world.models().get(m).id(),
                            new PerSecond(before[m][s]),
                            new PerSecond(after),
                            Millis.NONE,
                            Millis.NONE,
                            Ratio.NONE,
                            Ratio.NONE,
                            new Watts(Double.NaN),
                            Millis.NONE,
                            Millis.NONE));
                }
            }
        }
        result.sort(Comparator.comparingDouble((SiteEffect e) -> -Math.abs(e.change())));
        return result.subList(0, Math.min(MOST, result.size()));
    }
}
