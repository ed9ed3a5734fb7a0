package io.latticeconsole.app.view.map;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.view.map.TopologyProjection.FlowPair;
import io.latticeconsole.app.view.map.TopologyProjection.Projected;
import io.latticeconsole.app.view.map.scene.Freshness;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.app.view.map.scene.SparkSource;
import io.latticeconsole.lattice.Band;
import io.latticeconsole.lattice.Bands;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LiveTraffic;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// From the console's state and samples to what the map shows. FX thread; reads no clock.
public final class MapViewModel {
    /// A node without a reading for so long is stale, ms.
    private static final long STALE_MS = 3_000;

    private final ReadOnlyObjectWrapper<MapContent> content = new ReadOnlyObjectWrapper<>(MapContent.EMPTY);
    private final Set<FlowPair> pairs = new HashSet<>();
    private final Map<FlowPair, FlowSum> sums = new HashMap<>();
    private final Map<RouteId, RegionId> regions = new HashMap<>();
    private List<FlowSample> taken = List.of();
    private final CometTail comets = new CometTail();
    private Projected projected = TopologyProjection.project(LatticeState.EMPTY, Set.of());
    private LatticeState shown = LatticeState.EMPTY;
    private int[] dense = new int[0];

    public ReadOnlyObjectProperty<MapContent> contentProperty() {
        return content.getReadOnlyProperty();
    }

    /// Takes the newest state, samples and alarms. @param now the console's wall clock
    public void update(ConsoleState state, SampleStore samples, Troubles troubles, Instant now) {
        boolean newPair = take(LiveTraffic.of(state, samples).flows());
        if (newPair || structureChanged(state.lattice())) {
            projected = TopologyProjection.project(state.lattice(), pairs);
        }
        dense = projected.nodes().stream().mapToInt(state.nodes()::index).toArray();
        shown = state.lattice();
        MapFrame.Builder frame = new MapFrame.Builder(projected.topology());
        marks(frame, state.lattice(), samples);
        conditions(frame, state, samples, troubles, now);
        links(frame);
        int[] index = dense;
        SparkSource sparks = (node, mark, target) -> {
            samples.copySeries(index[node], metric(mark), target);
            return target.length;
        };
        LatticeState lattice = state.lattice();
        List<NodeId> nodes = projected.nodes();
        frame.details(node -> TopologyProjection.models(lattice.replicasOf(nodes.get(node))));
        frame.comets(comets.comets(state, projected.topology(), now)).sparks(sparks);
        MapContent before = content.get();
        frame.after(before.frame(), before.topology(), projected.topology());
        content.set(new MapContent(projected.topology(), frame.build()));
    }

    private boolean structureChanged(LatticeState next) {
        return !sameMap(shown.regions(), next.regions())
                || !sameMap(shown.sites(), next.sites())
                || !shown.nodes().keySet().equals(next.nodes().keySet());
    }

    @SuppressWarnings("ReferenceEquality") // persistent maps: an unchanged part is the same object
    private static boolean sameMap(Object a, Object b) {
        return a == b;
    }

    static Metric metric(Mark mark) {
        return switch (mark) {
            case UTILIZATION -> Metric.UTILIZATION;
            case TEMPERATURE -> Metric.TEMPERATURE_CELSIUS;
            case POWER -> Metric.POWER_WATTS;
            case LATENCY -> Metric.LATENCY_MS;
        };
    }

    private void marks(MapFrame.Builder frame, LatticeState lattice, SampleStore samples) {
        int n = samples.size();
        float[] value = new float[n];
        float[] low = new float[n];
        float[] high = new float[n];
        for (Mark mark : Mark.values()) {
            samples.copyLatest(metric(mark), value);
            samples.copyExpected(metric(mark), low, high);
            for (int i = 0; i < dense.length; i++) {
                int d = dense[i];
                if (d >= 0 && d < n) {
                    mark(frame, i, mark, value[d], low[d], high[d], lattice);
                }
            }
        }
    }

    /// The band that came with the samples, else the one that the node's gateway published with the node.
    private void mark(
            MapFrame.Builder frame, int i, Mark mark, float value, float low, float high, LatticeState lattice) {
        Node node = Float.isNaN(low) ? lattice.nodes().get(projected.nodes().get(i)) : null;
        if (node == null) {
            frame.mark(i, mark, value, low, high);
        } else {
            Band band = band(node.expected(), mark);
            frame.mark(i, mark, value, band.low(), band.high());
        }
    }

    private static Band band(Bands bands, Mark mark) {
        return switch (mark) {
            case UTILIZATION -> bands.utilization();
            case TEMPERATURE -> bands.temperature();
            case POWER -> bands.power();
            case LATENCY -> bands.latency();
        };
    }

    private void conditions(
            MapFrame.Builder frame, ConsoleState state, SampleStore samples, Troubles troubles, Instant now) {
        long[] heard = new long[samples.size()];
        samples.copyLastHeard(heard);
        Set<ResourceName> armed = new HashSet<>();
        for (Arm arm : state.arms().values()) {
            armed.addAll(arm.targets());
        }
        Map<SiteId, Reach> reach = new HashMap<>();
        for (int i = 0; i < dense.length; i++) {
            NodeId id = projected.nodes().get(i);
            Node node = state.lattice().nodes().get(id);
            if (node != null) {
                Reach r = reach.computeIfAbsent(id.site(), site -> reach(state, site));
                int d = dense[i];
                long age = d < 0 || d >= heard.length || heard[d] == 0 ? 0 : now.toEpochMilli() - heard[d];
                Freshness fresh = !r.reachable
                        ? Freshness.UNREACHABLE
                        : age > STALE_MS && !r.paused ? Freshness.STALE : Freshness.FRESH;
                frame.condition(i, node.health(), node.adminState(), fresh);
                frame.priority(i, troubles.priority(id));
                frame.armed(i, !armed.isEmpty() && (armed.contains(id) || armed.contains(id.site())));
            }
        }
    }

    private record Reach(boolean reachable, boolean paused) {}

    private static Reach reach(ConsoleState state, SiteId site) {
        EndpointState owner = state.ownerOf(site);
        boolean paused = owner != null && owner.clock() != null && owner.clock().paused();
        return new Reach(state.isReachable(site), paused);
    }

    private void links(MapFrame.Builder frame) {
        for (int l = 0; l < projected.links().size(); l++) {
            FlowSum sum = sums.get(projected.links().get(l));
            if (sum != null) {
                frame.link(l, sum.rate, sum.timedRate > 0 ? sum.latency / sum.timedRate : Double.NaN);
            }
        }
    }

    /// Flows come once a second, the map is made anew with each change: what is the same is not summed again.
    ///
    /// @return whether a way is among them that has not been seen before
    private boolean take(List<FlowSample> flows) {
        if (flows.equals(taken)) {
            return false;
        }
        taken = flows;
        sums.clear();
        for (FlowSample f : flows) {
            RegionId region = regions.computeIfAbsent(f.route(), RouteId::region);
            sums.computeIfAbsent(new FlowPair(region, f.site()), _ -> new FlowSum())
                    .add(f);
        }
        return pairs.addAll(sums.keySet());
    }

    /// What goes from one region to one site: requests per second, and their latency weighted by them.
    private static final class FlowSum {
        private double rate;
        private double latency;
        private double timedRate;

        private void add(FlowSample f) {
            double more = f.requests().value();
            double ms = f.latencyP95().value();
            if (more > 0) {
                rate += more;
                if (!Double.isNaN(ms)) {
                    latency += more * ms;
                    timedRate += more;
                }
            }
        }
    }
}
