package io.latticeconsole.app.bench.map;

import io.latticeconsole.app.view.map.layout.Arrangement;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.scene.Freshness;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.drill.bench.Workload;
import io.latticeconsole.drill.bench.WorkloadNames;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.NetworkPath;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleStore;

/// The workload as the map draws it: objects and links as they came over the wire, at the places that the workload
/// gives them.
final class WorkloadScene {
    private final Workload workload;
    private final MapTopology topology;
    private final Placement placement;
    private final int[] dense;
    private final double tile;

    /// @param state with all nodes and links of the workload in it
    WorkloadScene(Workload workload, ConsoleState state) {
        this.workload = workload;
        tile = workload.nodes() <= 1000 ? 17 : 7;
        dense = new int[workload.nodes()];
        for (NodeId id : state.lattice().nodes().keySet()) {
            dense[WorkloadNames.number(id)] = state.nodes().index(id);
        }
        topology = linked(state);
        placement = places();
    }

    private MapTopology linked(ConsoleState state) {
        MapTopology.Builder b = new MapTopology.Builder();
        b.region(WorkloadNames.REGION.name(), "Bench", 0, 0);
        for (int s = 0; s < workload.sites(); s++) {
            b.site(0, WorkloadNames.site(s).name(), "S-" + s, Tier.METRO, 0, 0);
        }
        for (int n = 0; n < workload.nodes(); n++) {
            b.node(workload.site(n), WorkloadNames.node(workload, n).name(), "n" + n);
        }
        int first = 1 + workload.sites();
        for (NetworkPath path : state.lattice().paths().values()) {
            int[] ends = WorkloadNames.ends(path.id());
            b.link(first + ends[0], first + ends[1]);
        }
        return b.build();
    }

    private Placement places() {
        Placement.Draft draft = new Placement.Draft(topology, Arrangement.FREE);
        for (int s = 0; s < workload.sites(); s++) {
            draft.tile(s, tile, tile);
        }
        for (int n = 0; n < workload.nodes(); n++) {
            draft.node(n, workload.x(n) - tile / 2, workload.y(n) - tile / 2);
        }
        return draft.done(Workload.WIDTH, Workload.HEIGHT, 0);
    }

    MapTopology topology() {
        return topology;
    }

    Placement placement() {
        return placement;
    }

    double tile() {
        return tile;
    }

    /// The newest values as the store has them.
    MapFrame frame(SampleStore samples) {
        MapFrame.Builder b = new MapFrame.Builder(topology);
        int n = samples.size();
        float[] value = new float[n];
        float[] low = new float[n];
        float[] high = new float[n];
        for (Mark mark : Mark.values()) {
            Metric metric = switch (mark) {
                case UTILIZATION -> Metric.UTILIZATION;
                case TEMPERATURE -> Metric.TEMPERATURE_CELSIUS;
                case POWER -> Metric.POWER_WATTS;
                case LATENCY -> Metric.LATENCY_MS;
            };
            samples.copyLatest(metric, value);
            samples.copyExpected(metric, low, high);
            for (int i = 0; i < dense.length; i++) {
                b.mark(i, mark, value[dense[i]], low[dense[i]], high[dense[i]]);
            }
        }
        for (int i = 0; i < dense.length; i++) {
            b.condition(i, Health.UP, AdminState.SERVING, Freshness.FRESH);
        }
        return b.build();
    }
}
