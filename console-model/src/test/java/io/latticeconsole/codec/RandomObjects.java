package io.latticeconsole.codec;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Band;
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
import io.latticeconsole.lattice.NetworkPath;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Objective;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.PathId;
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
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Watts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/// Seeded random objects of the model, all within the contract.
public final class RandomObjects {
    final Random random;

    public RandomObjects(long seed) {
        random = new Random(seed);
    }

    <E extends Enum<E>> E constant(Class<E> type) {
        E[] all = type.getEnumConstants();
        return all[random.nextInt(all.length)];
    }

    <T> List<T> some(Supplier<T> maker) {
        List<T> made = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            made.add(maker.get());
        }
        return made;
    }

    String word() {
        return Integer.toString(random.nextInt(46_656), 36);
    }

    int count() {
        return random.nextInt(10_000);
    }

    double number() {
        return random.nextInt(20) == 0 ? Double.NaN : random.nextInt(1_000_000) / 16.0;
    }

    double share() {
        return random.nextDouble();
    }

    public Instant time() {
        return Instant.ofEpochSecond(1_700_000_000L + random.nextInt(1_000_000), random.nextInt(1_000_000_000));
    }

    public RegionId regionId() {
        return new RegionId("regions/r" + random.nextInt(5));
    }

    public GatewayId gatewayId() {
        return new GatewayId("gateways/r" + random.nextInt(5));
    }

    public SiteId siteId() {
        return new SiteId(regionId() + "/sites/s" + random.nextInt(10));
    }

    public NodeId nodeId() {
        return new NodeId(siteId() + "/nodes/n" + random.nextInt(10));
    }

    public ModelId modelId() {
        return new ModelId("models/m-" + random.nextInt(6) + ".5b");
    }

    public Fact changed() {
        return new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(object()));
    }

    public Fact removed() {
        return new Fact.LatticeChanged(new LatticeEvent.ObjectRemoved(object().id()));
    }

    public LatticeObject object() {
        return switch (random.nextInt(7)) {
            case 0 -> region();
            case 1 ->
                new Site(
                        siteId(),
                        "S-" + word(),
                        word(),
                        constant(Tier.class),
                        point(),
                        new Watts(number()),
                        new Celsius(random.nextInt(50)),
                        count(),
                        word());
            case 2 -> node();
            case 3 -> model();
            case 4 ->
                new Replica(
                        new ReplicaId(nodeId() + "/replicas/m-" + random.nextInt(3)),
                        modelId(),
                        word(),
                        constant(ReplicaState.class),
                        count(),
                        count(),
                        new PerSecond(number()),
                        word(),
                        word());
            case 5 ->
                new Route(
                        new RouteId(regionId() + "/routes/" + modelId().code()),
                        constant(RouteMode.class),
                        some(this::weight),
                        word());
            default ->
                new NetworkPath(
                        new PathId(siteId() + "/paths/s" + random.nextInt(10)),
                        siteId(),
                        new Millis(number()),
                        share(),
                        random.nextBoolean(),
                        word());
        };
    }

    SiteWeight weight() {
        return new SiteWeight(siteId(), share());
    }

    private GeoPoint point() {
        return new GeoPoint(random.nextDouble(-90, 90), random.nextDouble(-180, 180));
    }

    public Region region() {
        return new Region(regionId(), word(), point(), gatewayId(), word());
    }

    public Node node() {
        return new Node(
                nodeId(),
                count(),
                word(),
                some(this::accelerator),
                constant(AdminState.class),
                constant(Health.class),
                word(),
                time(),
                word(),
                new Bands(band(), band(), band(), band()),
                new HardLimits(new Celsius(count()), new Watts(count()), new Millis(count())),
                random.nextBoolean() ? modelId() : null,
                constant(ObjectiveMetric.class),
                random.nextBoolean(),
                word());
    }

    private Accelerator accelerator() {
        return new Accelerator(count(), word(), count(), new Watts(number()), random.nextBoolean(), count(), word());
    }

    private Band band() {
        int low = count();
        return random.nextInt(4) == 0 ? Band.NONE : new Band(low, low + count());
    }

    private Model model() {
        return new Model(
                modelId(),
                word(),
                word(),
                some(this::word),
                new Objective(constant(ObjectiveMetric.class), new Millis(count())),
                count(),
                share(),
                Set.copyOf(some(() -> constant(Tier.class))),
                count(),
                word());
    }

    public ClockReading clock() {
        return new ClockReading(time(), time(), count(), number(), random.nextBoolean());
    }

    public EndpointInfo endpoint() {
        return new EndpointInfo(
                "lattices/" + word(),
                word(),
                "1." + count(),
                constant(Mode.class),
                word(),
                gatewayId(),
                some(this::regionId),
                some(() -> new Peer(gatewayId(), "127.0.0.1:" + count(), regionId())),
                gatewayId(),
                clock(),
                Set.copyOf(some(this::word)),
                count(),
                random.nextLong());
    }

    public EventRecord event(long seq) {
        return new EventRecord(
                seq, time(), time(), "TYPE_" + word(), constant(Severity.class), word(), word(), word(), word());
    }
}
