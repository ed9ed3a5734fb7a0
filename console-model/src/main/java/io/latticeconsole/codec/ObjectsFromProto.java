package io.latticeconsole.codec;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.Band;
import io.latticeconsole.lattice.Bands;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.HardLimits;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NetworkPath;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Objective;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.PathId;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Watts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads lattice objects from messages.
///
/// Every method throws [MalformedMessage] for what the contract does not allow.
public final class ObjectsFromProto {
    /// Highest node index that is believed: columns are addressed by it.
    static final int MAX_NODE_INDEX = 1_000_000;

    private ObjectsFromProto() {}

    public static Region region(io.latticeconsole.proto.v1.Region m, Cursor at) {
        return new Region(
                at.named("name", m.getName(), RegionId::new),
                m.getDisplayName(),
                point(m.getLatitudeDegrees(), m.getLongitudeDegrees(), at),
                at.named("gateway", m.getGateway(), GatewayId::new),
                m.getEtag());
    }

    private static GeoPoint point(double latitude, double longitude, Cursor at) {
        return new GeoPoint(
                at.within("latitude_degrees", latitude, -90, 90), at.within("longitude_degrees", longitude, -180, 180));
    }

    public static Site site(io.latticeconsole.proto.v1.Site m, Cursor at) {
        return new Site(
                at.named("name", m.getName(), SiteId::new),
                at.text("code", m.getCode()),
                m.getDisplayName(),
                Enums.TIER.decode(at, "tier", m.getTier()),
                point(m.getLatitudeDegrees(), m.getLongitudeDegrees(), at),
                new Watts(at.reading("power_cap_watts", m.getPowerCapWatts(), 0, 1e12)),
                new Celsius(at.reading("inlet_celsius", m.getInletCelsius(), -100, 200)),
                at.count("ownership_term", m.getOwnershipTerm()),
                m.getEtag());
    }

    public static Node node(io.latticeconsole.proto.v1.Node m, Cursor at) {
        int index = at.count("index", m.getIndex());
        if (index > MAX_NODE_INDEX) {
            throw at.malformed("index", index, "0 to " + MAX_NODE_INDEX);
        }
        return new Node(
                at.named("name", m.getName(), NodeId::new),
                index,
                m.getNodeClass(),
                at.list("accelerators", m.getAcceleratorsList(), ObjectsFromProto::accelerator),
                Enums.ADMIN_STATE.decode(at, "admin_state", m.getAdminState()),
                Enums.HEALTH.decode(at, "health", m.getHealth()),
                m.getHealthReason(),
                at.time("health_since", m.hasHealthSince(), m.getHealthSince()),
                m.getAddress(),
                bands(m.getExpected(), at.field("expected")),
                limits(m, at.field("limits")),
                m.getMainModel().isEmpty() ? null : at.named("main_model", m.getMainModel(), ModelId::new),
                latencyMetric(m, at),
                m.getThrottled(),
                m.getEtag());
    }

    // The contract: without a main model a node's latency is TTFT.
    private static ObjectiveMetric latencyMetric(io.latticeconsole.proto.v1.Node m, Cursor at) {
        if (m.getLatencyMetric() == io.latticeconsole.proto.v1.ObjectiveMetric.OBJECTIVE_METRIC_UNSPECIFIED) {
            return ObjectiveMetric.TTFT;
        }
        return Enums.OBJECTIVE_METRIC.decode(at, "latency_metric", m.getLatencyMetric());
    }

    private static Accelerator accelerator(io.latticeconsole.proto.v1.Accelerator m, Cursor at) {
        return new Accelerator(
                at.count("index", m.getIndex()),
                m.getProduct(),
                at.positive("memory_bytes", m.getMemoryBytes()),
                new Watts(at.reading("tdp_watts", m.getTdpWatts(), 0, 1e6)),
                m.getHealthy(),
                at.count("last_xid", m.getLastXid()),
                m.getFault());
    }

    private static Bands bands(io.latticeconsole.proto.v1.Bands m, Cursor at) {
        return new Bands(
                m.hasUtilization() ? band(m.getUtilization(), at.field("utilization")) : Band.NONE,
                m.hasTemperatureCelsius()
                        ? band(m.getTemperatureCelsius(), at.field("temperature_celsius"))
                        : Band.NONE,
                m.hasPowerWatts() ? band(m.getPowerWatts(), at.field("power_watts")) : Band.NONE,
                m.hasLatencyMs() ? band(m.getLatencyMs(), at.field("latency_ms")) : Band.NONE);
    }

    private static Band band(io.latticeconsole.proto.v1.Band m, Cursor at) {
        double low = at.reading("low", m.getLow());
        double high = at.reading("high", m.getHigh());
        if (low > high) {
            throw at.malformed("high", high, "at least low, " + low);
        }
        return new Band(low, high);
    }

    private static HardLimits limits(io.latticeconsole.proto.v1.Node node, Cursor at) {
        if (!node.hasLimits()) {
            return new HardLimits(Celsius.NONE, Watts.NONE, Millis.NONE);
        }
        var m = node.getLimits();
        return new HardLimits(
                new Celsius(at.reading("temperature_celsius", m.getTemperatureCelsius())),
                new Watts(at.reading("power_watts", m.getPowerWatts())),
                new Millis(at.reading("latency_ms", m.getLatencyMs())));
    }

    public static Model model(io.latticeconsole.proto.v1.Model m, Cursor at) {
        at.present("objective", m.hasObjective());
        Cursor objective = at.field("objective");
        Set<Tier> tiers = new HashSet<>();
        m.getTiersList().forEach(tier -> tiers.add(Enums.TIER.decode(at, "tiers", tier)));
        return new Model(
                at.named("name", m.getName(), ModelId::new),
                m.getDisplayName(),
                m.getVersion(),
                m.getVersionsList(),
                new Objective(
                        Enums.OBJECTIVE_METRIC.decode(
                                objective, "metric", m.getObjective().getMetric()),
                        new Millis(objective.positive(
                                "p95_limit_ms", m.getObjective().getP95LimitMs()))),
                at.positive("size_bytes", m.getSizeBytes()),
                at.within("min_ready_fraction", m.getMinReadyFraction(), 0, 1),
                tiers,
                at.positive("load_seconds", m.getLoadSeconds()),
                m.getEtag());
    }

    public static Replica replica(io.latticeconsole.proto.v1.Replica m, Cursor at) {
        return new Replica(
                at.named("name", m.getName(), ReplicaId::new),
                at.named("model", m.getModel(), ModelId::new),
                m.getVersion(),
                Enums.REPLICA_STATE.decode(at, "state", m.getState()),
                at.count("accelerator_count", m.getAcceleratorCount()),
                at.count("max_batch", m.getMaxBatch()),
                new PerSecond(at.reading(
                        "capacity_requests_per_second", m.getCapacityRequestsPerSecond(), 0, Double.MAX_VALUE)),
                m.getMessage(),
                m.getEtag());
    }

    public static Route route(io.latticeconsole.proto.v1.Route m, Cursor at) {
        return new Route(
                at.named("name", m.getName(), RouteId::new),
                Enums.ROUTE_MODE.decode(at, "mode", m.getMode()),
                weights(m.getWeightsList(), at),
                m.getEtag());
    }

    static List<SiteWeight> weights(List<io.latticeconsole.proto.v1.SiteWeight> weights, Cursor at) {
        return at.list(
                "weights",
                weights,
                (m, here) -> new SiteWeight(
                        here.named("site", m.getSite(), SiteId::new),
                        here.within("weight", m.getWeight(), 0, 1.000001)));
    }

    public static NetworkPath path(io.latticeconsole.proto.v1.NetworkPath m, Cursor at) {
        return new NetworkPath(
                at.named("name", m.getName(), PathId::new),
                at.named("to_site", m.getToSite(), SiteId::new),
                new Millis(at.reading("rtt_ms", m.getRttMs(), 0, 1e9)),
                at.within("loss_ratio", m.getLossRatio(), 0, 1),
                m.getCut(),
                m.getEtag());
    }
}
