package io.latticeconsole.app.shell;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Bands;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.HardLimits;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Objective;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.Peer;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.store.ConsoleInput;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.LinkState;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.telemetry.LatencyHistogram;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.ModelSummary;
import io.latticeconsole.telemetry.SampleBatch;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Two regions, each with one site of four nodes and one gateway, told to a real store as the wire would.
final class SmallLattice implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T14:07:32Z");
    static final RegionId EU = new RegionId("regions/eu");
    static final RegionId AP = new RegionId("regions/ap");
    static final NodeId PAR_N2 = new NodeId("regions/eu/sites/par-1/nodes/n2");
    static final ModelId CHAT = new ModelId("models/chat-8b");
    static final String EU_ADDRESS = "127.0.0.1:7443";
    static final String AP_ADDRESS = "127.0.0.1:7444";

    final LatticeStore store = LatticeStore.start();
    private long revision = 1;

    SmallLattice() {
        gateway(EU_ADDRESS, "eu", "Europe", "PAR-1", 48.9, 2.3, true);
        gateway(AP_ADDRESS, "ap", "Asia Pacific", "NRT-1", 35.7, 139.7, false);
    }

    private void gateway(
            String address, String region, String name, String site, double lat, double lon, boolean coordinator) {
        GatewayId gateway = new GatewayId("gateways/" + region);
        RegionId id = new RegionId("regions/" + region);
        ClockReading clock = new ClockReading(NOW, NOW, 1, 1, false);
        store.offer(new ConsoleInput.EndpointSought(address));
        store.offer(new ConsoleInput.EndpointDescribed(
                address,
                new EndpointInfo(
                        "aurora",
                        "Aurora",
                        "1.0",
                        Mode.EXERCISE,
                        "epoch-1",
                        gateway,
                        List.of(id),
                        List.of(
                                new Peer(new GatewayId("gateways/eu"), EU_ADDRESS, EU),
                                new Peer(new GatewayId("gateways/ap"), AP_ADDRESS, AP)),
                        new GatewayId("gateways/eu"),
                        clock,
                        Set.of(),
                        1,
                        7),
                NOW));
        List<Fact> facts = new ArrayList<>();
        facts.add(fact(new Region(id, name, new GeoPoint(lat, lon), gateway, "r")));
        SiteId siteId = new SiteId(id.name() + "/sites/" + site.toLowerCase(java.util.Locale.ROOT));
        facts.add(fact(new Site(
                siteId, site, name, Tier.METRO, new GeoPoint(lat, lon), new Watts(10_000), new Celsius(20), 1, "s")));
        for (int i = 1; i <= 4; i++) {
            NodeId node = new NodeId(siteId.name() + "/nodes/n" + i);
            facts.add(fact(node(node, i - 1, Health.UP)));
            facts.add(fact(new Replica(
                    new ReplicaId(node.name() + "/replicas/chat-8b-1"),
                    CHAT,
                    "v1",
                    ReplicaState.READY,
                    1,
                    32,
                    new PerSecond(100),
                    "",
                    "p")));
        }
        if (coordinator) {
            facts.add(fact(new Model(
                    CHAT,
                    "chat-8b",
                    "v1",
                    List.of("v1"),
                    new Objective(ObjectiveMetric.TTFT, new Millis(500)),
                    16e9,
                    0.8,
                    Set.of(Tier.METRO),
                    20,
                    "m")));
        }
        store.offer(new ConsoleInput.SnapshotTaken(address, "epoch-1", 1, 1, 0, facts, NOW));
        store.offer(new ConsoleInput.ClockHeard(address, clock, Duration.ZERO, NOW));
        store.offer(new ConsoleInput.LinkChanged(address, LinkState.LIVE, ""));
        store.sampleLane().offer(address, samples(id, siteId), NOW, 0);
    }

    private static SampleBatch samples(RegionId region, SiteId site) {
        float[][] columns = new float[Metric.COUNT][0];
        columns[Metric.UTILIZATION.column()] = filled(0.5f);
        columns[Metric.POWER_WATTS.column()] = filled(500);
        int[] ttft = new int[LatencyHistogram.BUCKETS];
        ttft[LatencyHistogram.bucket(200)] = 100;
        int[] e2e = new int[LatencyHistogram.BUCKETS];
        e2e[LatencyHistogram.bucket(3000)] = 100;
        return new SampleBatch(
                "epoch-1",
                NOW,
                NOW,
                1,
                new int[] {0, 1, 2, 3},
                columns,
                new float[0],
                new float[0],
                List.of(new FlowSample(
                        new RouteId(region.name() + "/routes/chat-8b"),
                        site,
                        new PerSecond(100),
                        new Millis(200),
                        new Ratio(0))),
                List.of(new ModelSummary(
                        CHAT,
                        new LatencyHistogram(ttft),
                        new LatencyHistogram(e2e),
                        LatencyHistogram.EMPTY,
                        10,
                        new PerSecond(100),
                        new PerSecond(99),
                        new PerSecond(1),
                        new PerSecond(5000))),
                null);
    }

    private static float[] filled(float value) {
        float[] values = new float[4];
        Arrays.fill(values, value);
        return values;
    }

    private static Node node(NodeId id, int index, Health health) {
        return new Node(
                id,
                index,
                "l40s",
                List.of(new Accelerator(0, "L40S", 48e9, new Watts(350), true, 0, "")),
                AdminState.SERVING,
                health,
                "",
                NOW,
                "10.0.0.1:7443",
                Bands.NONE,
                new HardLimits(new Celsius(90), new Watts(500), new Millis(400)),
                CHAT,
                ObjectiveMetric.TTFT,
                false,
                "e" + health);
    }

    private static Fact fact(LatticeObject object) {
        return new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(object));
    }

    void crashParN2() {
        store.offer(new ConsoleInput.DeltaReceived(
                EU_ADDRESS, "epoch-1", ++revision, 1, List.of(fact(node(PAR_N2, 1, Health.DOWN))), NOW));
    }

    void loseEurope() {
        store.offer(new ConsoleInput.LinkChanged(EU_ADDRESS, LinkState.LOST, "connection refused"));
    }

    @Override
    public void close() {
        store.close();
    }
}
