package io.latticeconsole.alarm;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.unit.Millis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Judges a lattice by the fixed limits of [TroubleKind], calmly: a reading must stay bad before it counts and good
/// before it is forgotten. Remembers between calls; one thread. The clock is the caller's.
public final class TroubleWatch {
    /// How far outside its band, in band widths, a reading must be.
    private static final float MARGIN = 0.5f;

    /// A percentile out of a histogram is true within 10 % ([io.latticeconsole.telemetry.LatencyHistogram]): an
    /// objective is broken when it surely is.
    private static final double SURELY = 1.1;

    private static final Metric[] BANDS = {
        Metric.UTILIZATION, Metric.TEMPERATURE_CELSIUS, Metric.POWER_WATTS, Metric.LATENCY_MS
    };

    private final Map<Key, Standing> standing = new HashMap<>();
    private Instant now = Instant.EPOCH;

    private record Key(ResourceName subject, TroubleKind kind) {}

    /// Since when something is seen, when it was seen last, and whether it has counted.
    private record Standing(Instant since, Instant seen, boolean raised) {}

    /// What is wrong now. To be called at least once a second, with times that never go back.
    public Troubles observe(Observed observed, Instant now) {
        this.now = now;
        Map<SiteId, int[]> downBySite = new HashMap<>();
        int index = 0;
        for (Iterator<NodeId> ids = observed.nodes().iterator(); ids.hasNext(); index++) {
            NodeId id = ids.next();
            Node node = observed.lattice().nodes().get(id);
            if (node != null && !observed.unreachable().contains(id.region())) {
                node(observed, node, index);
                int[] counts = downBySite.computeIfAbsent(id.site(), _ -> new int[2]);
                counts[0]++;
                counts[1] += node.health() == Health.DOWN ? 1 : 0;
            }
        }
        downBySite.forEach((site, counts) -> {
            if (counts[0] > 1 && counts[0] == counts[1]) {
                see(site, TroubleKind.SITE_DOWN);
            }
        });
        for (Region region : observed.lattice().regions().values()) {
            if (observed.unreachable().contains(region.id())) {
                see(region.id(), TroubleKind.REGION_UNREACHABLE);
            }
        }
        observed.lattice().models().values().forEach(model -> model(observed, model));
        return settle();
    }

    private void node(Observed observed, Node node, int index) {
        switch (node.health()) {
            case DOWN -> {
                see(
                        node.id(),
                        node.adminState() == AdminState.DRAINED ? TroubleKind.IDLE_NODE_DOWN : TroubleKind.NODE_DOWN);
                return;
            }
            case SUSPECT -> see(node.id(), TroubleKind.NODE_SUSPECT);
            case UP -> readings(observed.readings(), node, index);
        }
        for (Accelerator accelerator : node.accelerators()) {
            if (!accelerator.healthy()) {
                see(node.id(), TroubleKind.ACCELERATOR_FAULT);
            }
        }
        if (node.throttled()) {
            see(node.id(), TroubleKind.THROTTLED);
        }
        for (Replica replica : observed.lattice().replicasOf(node.id())) {
            if (replica.state() == ReplicaState.FAILED) {
                see(node.id(), TroubleKind.REPLICA_FAILED);
            }
        }
    }

    private void readings(NodeReadings readings, Node node, int index) {
        if (node.adminState() != AdminState.SERVING) {
            return;
        }
        if (readings.value(index, Metric.TEMPERATURE_CELSIUS)
                >= node.limits().temperature().value()) {
            see(node.id(), TroubleKind.TOO_HOT);
        }
        if (readings.value(index, Metric.LATENCY_MS) > node.limits().latency().value()) {
            see(node.id(), TroubleKind.NODE_SLOW);
        }
        for (int band = 0; band < BANDS.length; band++) {
            float value = readings.value(index, BANDS[band]);
            float low = readings.expectedLow(index, band);
            float high = readings.expectedHigh(index, band);
            float margin = MARGIN * (high - low);
            if (value > high + margin) {
                see(node.id(), TroubleKind.ABOVE_BAND);
            } else if (value < low - margin) {
                see(node.id(), TroubleKind.BELOW_BAND);
            }
        }
    }

    private void model(Observed observed, Model model) {
        double p95 =
                observed.objectiveP95().getOrDefault(model.id(), Millis.NONE).value();
        double limit = model.objective().p95Limit().value();
        if (p95 > 2 * limit) {
            see(model.id(), TroubleKind.OBJECTIVE_FAR_BROKEN);
        }
        if (p95 > SURELY * limit) {
            see(model.id(), TroubleKind.OBJECTIVE_BROKEN);
        }
    }

    private void see(ResourceName subject, TroubleKind kind) {
        standing.merge(
                new Key(subject, kind),
                new Standing(now, now, false),
                (before, _) -> new Standing(before.since, now, before.raised));
    }

    /// Forgets what has been absent long enough, raises what has lasted long enough.
    private Troubles settle() {
        List<Trouble> raised = new ArrayList<>();
        for (Iterator<Map.Entry<Key, Standing>> entries = standing.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<Key, Standing> entry = entries.next();
            TroubleKind kind = entry.getKey().kind();
            Standing s = entry.getValue();
            boolean seenNow = s.seen.equals(now);
            boolean forgotten = (kind.isState() || !s.raised)
                    ? !seenNow
                    : s.seen.plusSeconds(TroubleKind.CALM_SECONDS).isBefore(now);
            if (forgotten) {
                entries.remove();
            } else if (s.raised || !now.isBefore(s.since.plusSeconds(kind.sustainSeconds()))) {
                entry.setValue(new Standing(s.since, s.seen, true));
                raised.add(new Trouble(entry.getKey().subject(), kind, s.since));
            }
        }
        return Troubles.of(raised);
    }
}
