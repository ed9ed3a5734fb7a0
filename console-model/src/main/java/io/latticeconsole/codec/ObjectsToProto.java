package io.latticeconsole.codec;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.Band;
import io.latticeconsole.lattice.Bands;
import io.latticeconsole.lattice.HardLimits;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.NetworkPath;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteWeight;
import java.util.List;

/// Writes lattice objects as messages.
public final class ObjectsToProto {
    private ObjectsToProto() {}

    public static io.latticeconsole.proto.v1.Region region(Region o) {
        return io.latticeconsole.proto.v1.Region.newBuilder()
                .setName(o.id().name())
                .setDisplayName(o.displayName())
                .setLatitudeDegrees(o.ingress().latitudeDegrees())
                .setLongitudeDegrees(o.ingress().longitudeDegrees())
                .setGateway(o.gateway().name())
                .setEtag(o.etag())
                .build();
    }

    public static io.latticeconsole.proto.v1.Site site(Site o) {
        return io.latticeconsole.proto.v1.Site.newBuilder()
                .setName(o.id().name())
                .setCode(o.code())
                .setDisplayName(o.displayName())
                .setTier(Enums.TIER.encode(o.tier()))
                .setLatitudeDegrees(o.position().latitudeDegrees())
                .setLongitudeDegrees(o.position().longitudeDegrees())
                .setPowerCapWatts(o.powerCap().value())
                .setInletCelsius(o.inlet().value())
                .setOwnershipTerm(o.ownershipTerm())
                .setEtag(o.etag())
                .build();
    }

    public static io.latticeconsole.proto.v1.Node node(Node o) {
        var message = io.latticeconsole.proto.v1.Node.newBuilder()
                .setName(o.id().name())
                .setCode(o.id().code())
                .setIndex(o.index())
                .setNodeClass(o.nodeClass())
                .setAdminState(Enums.ADMIN_STATE.encode(o.adminState()))
                .setHealth(Enums.HEALTH.encode(o.health()))
                .setHealthReason(o.healthReason())
                .setHealthSince(Times.timestamp(o.healthSince()))
                .setAddress(o.address())
                .setExpected(bands(o.expected()))
                .setLimits(limits(o.limits()))
                .setLatencyMetric(Enums.OBJECTIVE_METRIC.encode(o.latencyMetric()))
                .setThrottled(o.throttled())
                .setEtag(o.etag());
        o.accelerators().forEach(a -> message.addAccelerators(accelerator(a)));
        if (o.mainModel() != null) {
            message.setMainModel(o.mainModel().name());
        }
        return message.build();
    }

    private static io.latticeconsole.proto.v1.Accelerator accelerator(Accelerator o) {
        return io.latticeconsole.proto.v1.Accelerator.newBuilder()
                .setIndex(o.index())
                .setProduct(o.product())
                .setMemoryBytes(o.memoryBytes())
                .setTdpWatts(o.tdp().value())
                .setHealthy(o.healthy())
                .setLastXid(o.lastXid())
                .setFault(o.fault())
                .build();
    }

    private static io.latticeconsole.proto.v1.Bands bands(Bands o) {
        var message = io.latticeconsole.proto.v1.Bands.newBuilder();
        if (o.utilization().isPresent()) {
            message.setUtilization(band(o.utilization()));
        }
        if (o.temperature().isPresent()) {
            message.setTemperatureCelsius(band(o.temperature()));
        }
        if (o.power().isPresent()) {
            message.setPowerWatts(band(o.power()));
        }
        if (o.latency().isPresent()) {
            message.setLatencyMs(band(o.latency()));
        }
        return message.build();
    }

    private static io.latticeconsole.proto.v1.Band band(Band o) {
        return io.latticeconsole.proto.v1.Band.newBuilder()
                .setLow((float) o.low())
                .setHigh((float) o.high())
                .build();
    }

    private static io.latticeconsole.proto.v1.HardLimits limits(HardLimits o) {
        return io.latticeconsole.proto.v1.HardLimits.newBuilder()
                .setTemperatureCelsius((float) o.temperature().value())
                .setPowerWatts((float) o.power().value())
                .setLatencyMs((float) o.latency().value())
                .build();
    }

    public static io.latticeconsole.proto.v1.Model model(Model o) {
        var message = io.latticeconsole.proto.v1.Model.newBuilder()
                .setName(o.id().name())
                .setDisplayName(o.displayName())
                .setVersion(o.version())
                .addAllVersions(o.versions())
                .setObjective(io.latticeconsole.proto.v1.Objective.newBuilder()
                        .setMetric(Enums.OBJECTIVE_METRIC.encode(o.objective().metric()))
                        .setP95LimitMs(o.objective().p95Limit().value()))
                .setSizeBytes(o.sizeBytes())
                .setMinReadyFraction(o.minReadyFraction())
                .setLoadSeconds(o.loadSeconds())
                .setEtag(o.etag());
        o.tiers().stream().sorted().forEach(tier -> message.addTiers(Enums.TIER.encode(tier)));
        return message.build();
    }

    public static io.latticeconsole.proto.v1.Replica replica(Replica o) {
        return io.latticeconsole.proto.v1.Replica.newBuilder()
                .setName(o.id().name())
                .setModel(o.model().name())
                .setVersion(o.version())
                .setState(Enums.REPLICA_STATE.encode(o.state()))
                .setAcceleratorCount(o.acceleratorCount())
                .setMaxBatch(o.maxBatch())
                .setCapacityRequestsPerSecond(o.capacity().value())
                .setMessage(o.message())
                .setEtag(o.etag())
                .build();
    }

    public static io.latticeconsole.proto.v1.Route route(Route o) {
        return io.latticeconsole.proto.v1.Route.newBuilder()
                .setName(o.id().name())
                .setRegion(o.id().region().name())
                .setModel(o.id().model().name())
                .setMode(Enums.ROUTE_MODE.encode(o.mode()))
                .addAllWeights(weights(o.weights()))
                .setEtag(o.etag())
                .build();
    }

    static List<io.latticeconsole.proto.v1.SiteWeight> weights(List<SiteWeight> weights) {
        return weights.stream()
                .map(o -> io.latticeconsole.proto.v1.SiteWeight.newBuilder()
                        .setSite(o.site().name())
                        .setWeight(o.weight())
                        .build())
                .toList();
    }

    public static io.latticeconsole.proto.v1.NetworkPath path(NetworkPath o) {
        return io.latticeconsole.proto.v1.NetworkPath.newBuilder()
                .setName(o.id().name())
                .setFromSite(o.id().from().name())
                .setToSite(o.to().name())
                .setRttMs(o.rtt().value())
                .setLossRatio(o.lossRatio())
                .setCut(o.cut())
                .setEtag(o.etag())
                .build();
    }
}
