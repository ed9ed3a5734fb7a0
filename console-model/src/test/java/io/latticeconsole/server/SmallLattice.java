package io.latticeconsole.server;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Bands;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.EventRecord;
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
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleBatch;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Watts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Objects of a small lattice: region `eu` with sites of ten nodes, served by `gateways/eu`, and a peer in `us`.
final class SmallLattice {
    static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    static final GatewayId EU = new GatewayId("gateways/eu");
    static final GatewayId US = new GatewayId("gateways/us");
    static final RegionId REGION = new RegionId("regions/eu");
    static final ModelId CHAT = new ModelId("models/chat-8b");
    static final ModelId EMBED = new ModelId("models/embed-0.3b");

    private SmallLattice() {}

    static EndpointInfo info(GatewayId coordinator, Mode mode) {
        return new EndpointInfo(
                "lattices/small",
                "Small",
                "1.0",
                mode,
                "of-the-simulation",
                EU,
                List.of(REGION),
                List.of(new Peer(EU, "simulated", REGION), new Peer(US, "simulated", new RegionId("regions/us"))),
                coordinator,
                clock(START),
                Set.of("exercise"),
                1,
                7);
    }

    static ClockReading clock(Instant latticeTime) {
        return new ClockReading(latticeTime, Instant.now(), 1, 1, false);
    }

    /// Everything the gateway owns: `nodes` nodes, every second one with an embedding model beside the chat model.
    static List<Fact> facts(int nodes) {
        List<LatticeObject> objects = new ArrayList<>();
        objects.add(new Region(REGION, "Europe", new GeoPoint(50.1, 8.7), EU, "r1"));
        for (ModelId model : List.of(CHAT, EMBED)) {
            objects.add(new Model(
                    model,
                    model.code(),
                    "1",
                    List.of("1", "2"),
                    new Objective(ObjectiveMetric.TTFT, new Millis(500)),
                    8e9,
                    0.8,
                    Set.of(Tier.METRO),
                    20,
                    "m1"));
            objects.add(new Route(
                    new RouteId("regions/eu/routes/" + model.code()),
                    RouteMode.AUTO,
                    List.of(new SiteWeight(site(0), 1)),
                    "t1"));
        }
        for (int i = 0; i < nodes; i++) {
            if (i % 10 == 0) {
                objects.add(new Site(
                        site(i),
                        "S-" + i / 10,
                        "Site " + i / 10,
                        Tier.METRO,
                        new GeoPoint(48, 2),
                        new Watts(50_000),
                        new Celsius(22),
                        1,
                        "s1"));
            }
            objects.add(node(i, AdminState.SERVING, Health.UP, 1));
            objects.add(replica(i, CHAT));
            if (i % 2 == 0) {
                objects.add(replica(i, EMBED));
            }
        }
        return objects.stream().map(SmallLattice::changed).toList();
    }

    static Fact changed(LatticeObject object) {
        return new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(object));
    }

    static SiteId site(int node) {
        return new SiteId("regions/eu/sites/s-" + node / 10);
    }

    static NodeId nodeId(int node) {
        return new NodeId(site(node).name() + "/nodes/n" + node % 10);
    }

    static Node node(int index, AdminState admin, Health health, int version) {
        return new Node(
                nodeId(index),
                index,
                "2x L40S",
                List.of(new Accelerator(0, "NVIDIA L40S", 48e9, new Watts(350), true, 0, "")),
                admin,
                health,
                "",
                START,
                "10.0.0." + index,
                Bands.NONE,
                new HardLimits(new Celsius(88), new Watts(900), new Millis(500)),
                CHAT,
                ObjectiveMetric.TTFT,
                false,
                "v" + version);
    }

    private static Replica replica(int node, ModelId model) {
        return new Replica(
                new ReplicaId(nodeId(node).name() + "/replicas/" + model.code() + "-1"),
                model,
                "1",
                ReplicaState.READY,
                1,
                32,
                new PerSecond(10),
                "",
                "p1");
    }

    static Fact event(long seq, String message) {
        return new Fact.EventLogged(new EventRecord(
                seq,
                START.plusSeconds(seq),
                Instant.now(),
                "NODE_NOTED",
                Severity.INFO,
                nodeId(0).name(),
                message,
                "",
                ""));
    }

    /// One batch for all nodes in which every metric of node i is `value` + i.
    static SampleBatch samples(int nodes, Instant latticeTime, float value) {
        int[] index = new int[nodes];
        float[] column = new float[nodes];
        for (int i = 0; i < nodes; i++) {
            index[i] = i;
            column[i] = value + i;
        }
        float[][] columns = new float[Metric.values().length][];
        Arrays.fill(columns, column);
        float[] bands = new float[4 * nodes];
        return new SampleBatch(
                "of-the-simulation",
                latticeTime,
                Instant.now(),
                0,
                index,
                columns,
                bands,
                bands,
                List.of(),
                List.of(),
                null);
    }
}
