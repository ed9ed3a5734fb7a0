package io.latticeconsole.lattice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Watts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The reducer against a plain map, over seeded random sequences of every kind of object.
class LatticeReducerTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithAPlainMap(long seed) {
        Random random = new Random(seed);
        Map<ResourceName, LatticeObject> reference = new HashMap<>();
        LatticeState state = LatticeState.EMPTY;
        for (int step = 0; step < 4000; step++) {
            LatticeObject object = object(random, step);
            if (random.nextInt(3) > 0) {
                reference.put(object.id(), object);
                state = LatticeReducer.apply(state, new LatticeEvent.ObjectChanged(object));
            } else {
                reference.remove(object.id());
                state = LatticeReducer.apply(state, new LatticeEvent.ObjectRemoved(object.id()));
                assertNull(state.object(object.id()));
            }
        }
        assertEquals(reference.size(), size(state));
        for (var entry : reference.entrySet()) {
            assertEquals(entry.getValue(), state.object(entry.getKey()));
        }
    }

    private static int size(LatticeState s) {
        int replicas = s.replicas().values().stream().mapToInt(Map::size).sum();
        return replicas
                + s.regions().size()
                + s.sites().size()
                + s.nodes().size()
                + s.models().size()
                + s.routes().size()
                + s.paths().size();
    }

    private static LatticeObject object(Random random, int step) {
        String etag = "e" + step;
        var region = new RegionId("regions/r" + random.nextInt(3));
        var site = new SiteId(region.name() + "/sites/s" + random.nextInt(4));
        var node = new NodeId(site.name() + "/nodes/n" + random.nextInt(5));
        var model = new ModelId("models/m" + random.nextInt(4));
        return switch (random.nextInt(7)) {
            case 0 -> new Region(region, "R", new GeoPoint(1, 2), new GatewayId("gateways/g"), etag);
            case 1 -> new Site(site, "S", "S", Tier.EDGE, new GeoPoint(1, 2), new Watts(1), new Celsius(20), 1, etag);
            case 2 ->
                new Node(
                        node,
                        step,
                        "L4",
                        List.of(),
                        AdminState.SERVING,
                        Health.UP,
                        "",
                        java.time.Instant.EPOCH,
                        "",
                        Bands.NONE,
                        new HardLimits(Celsius.NONE, Watts.NONE, Millis.NONE),
                        null,
                        ObjectiveMetric.TTFT,
                        false,
                        etag);
            case 3 ->
                new Model(
                        model,
                        "M",
                        "1",
                        List.of("1"),
                        new Objective(ObjectiveMetric.TTFT, new Millis(500)),
                        1,
                        0.8,
                        Set.of(Tier.EDGE),
                        10,
                        etag);
            case 4 ->
                new Replica(
                        new ReplicaId(node.name() + "/replicas/" + model.code() + "-1"),
                        model,
                        "1",
                        ReplicaState.READY,
                        1,
                        8,
                        new PerSecond(3),
                        "",
                        etag);
            case 5 ->
                new Route(
                        new RouteId(region.name() + "/routes/" + model.code()),
                        RouteMode.AUTO,
                        List.of(new SiteWeight(site, 1)),
                        etag);
            default ->
                new NetworkPath(
                        new PathId(site.name() + "/paths/p" + random.nextInt(3)), site, new Millis(3), 0, false, etag);
        };
    }
}
