package io.latticeconsole.drill.bench;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Band;
import io.latticeconsole.lattice.Bands;
import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.HardLimits;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.NetworkPath;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.Objective;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleBatch;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.Watts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A [Workload] as lattice objects and sample batches.
///
/// Value k = 0 to 3 of [Workload#metric] is utilization (0–1), temperature (30–90 °C), power (80–700 W) and latency
/// (0.1–50.1 ms); the other columns are filled from further values.
public final class WorkloadFacts {
    /// Steps with values of their own.
    public static final int STEPS = 16;

    private static final String ETAG = "1";
    private static final double OBJECTIVE_MS = 45;

    private static final Band UTILIZATION = new Band(0.2, 0.8);
    private static final Band TEMPERATURE = new Band(40, 75);
    private static final Band POWER = new Band(150, 600);
    private static final Band LATENCY = new Band(5, 40);

    private WorkloadFacts() {}

    /// Region, sites, nodes, one model, and each link as a network path.
    static List<Fact> objects(Workload workload, Instant since) {
        List<Fact> facts = new ArrayList<>();
        facts.add(changed(new Region(WorkloadNames.REGION, "Bench", new GeoPoint(0, 0), WorkloadNames.GATEWAY, ETAG)));
        facts.add(changed(new Model(
                WorkloadNames.MODEL,
                "bench",
                "1",
                List.of("1"),
                new Objective(ObjectiveMetric.E2E, new Millis(OBJECTIVE_MS)),
                1e9,
                0.8,
                Set.of(Tier.METRO),
                1,
                ETAG)));
        for (int s = 0; s < workload.sites(); s++) {
            facts.add(changed(site(s)));
        }
        for (int i = 0; i < workload.nodes(); i++) {
            facts.add(changed(node(workload, i, since)));
        }
        for (int link = 0; link < workload.links(); link++) {
            facts.add(changed(new NetworkPath(
                    WorkloadNames.link(workload, link),
                    WorkloadNames.site(workload.site(workload.to(link))),
                    new Millis(1),
                    0,
                    false,
                    ETAG)));
        }
        return facts;
    }

    private static Fact changed(LatticeObject object) {
        return new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(object));
    }

    private static Site site(int s) {
        int row = s / 10;
        return new Site(
                WorkloadNames.site(s),
                "S-" + s,
                "Site " + s,
                Tier.METRO,
                new GeoPoint(s % 10 * 10.0 - 45, row * 20.0 - 60),
                new Watts(1e6),
                new Celsius(22),
                1,
                ETAG);
    }

    private static Node node(Workload workload, int i, Instant since) {
        return new Node(
                WorkloadNames.node(workload, i),
                i,
                "1x bench",
                List.of(),
                AdminState.SERVING,
                Health.UP,
                "",
                since,
                "",
                new Bands(UTILIZATION, TEMPERATURE, POWER, LATENCY),
                new HardLimits(new Celsius(92), new Watts(800), new Millis(OBJECTIVE_MS)),
                WorkloadNames.MODEL,
                ObjectiveMetric.E2E,
                false,
                ETAG);
    }

    /// The step of the batch with that lattice time.
    public static int step(Instant latticeTime) {
        return (int) (latticeTime.getEpochSecond() % STEPS);
    }

    /// The value that a column of step t holds for node i.
    public static float value(Metric metric, int t, int i) {
        return (float)
                switch (metric) {
                    case UTILIZATION -> Workload.metric(t, i, 0);
                    case TEMPERATURE_CELSIUS -> 30 + 60 * Workload.metric(t, i, 1);
                    case POWER_WATTS -> 80 + 620 * Workload.metric(t, i, 2);
                    case LATENCY_MS, E2E_P95_MS -> 0.1 + 50 * Workload.metric(t, i, 3);
                    case TTFT_P95_MS -> 0.1 + 20 * Workload.metric(t, i, 4);
                    case REQUESTS_PER_SECOND -> 100 * Workload.metric(t, i, 5);
                    case TOKENS_PER_SECOND -> 5000 * Workload.metric(t, i, 6);
                    case QUEUE_DEPTH -> 20 * Workload.metric(t, i, 7);
                    case IN_FLIGHT -> 64 * Workload.metric(t, i, 8);
                    case KV_CACHE_USAGE -> Workload.metric(t, i, 9);
                    case ERROR_RATIO -> 0.01 * Workload.metric(t, i, 10);
                };
    }

    /// Columns and bands of step t; times and epoch are the publisher's to set.
    static SampleBatch batch(Workload workload, int t) {
        int n = workload.nodes();
        int[] index = new int[n];
        Arrays.setAll(index, i -> i);
        float[][] columns = new float[Metric.COUNT][n];
        for (Metric metric : Metric.values()) {
            float[] column = columns[metric.column()];
            for (int i = 0; i < n; i++) {
                column[i] = value(metric, t, i);
            }
        }
        float[] low = new float[4 * n];
        float[] high = new float[4 * n];
        Band[] bands = {UTILIZATION, TEMPERATURE, POWER, LATENCY};
        for (int i = 0; i < low.length; i++) {
            low[i] = (float) bands[i & 3].low();
            high[i] = (float) bands[i & 3].high();
        }
        return new SampleBatch(
                "", Instant.EPOCH, Instant.EPOCH, 1, index, columns, low, high, List.of(), List.of(), null);
    }
}
