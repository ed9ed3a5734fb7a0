package io.latticeconsole.codec;

import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.ReplicaReading;
import io.latticeconsole.plan.NodeLoad;
import io.latticeconsole.proto.v1.PeerFlow;
import io.latticeconsole.proto.v1.PeerNodeLoad;
import io.latticeconsole.proto.v1.PeerReplicaReading;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.HashMap;
import java.util.Map;

/// Loads of nodes and flows as planners want them, to and from messages.
public final class TrafficCodec {
    private static final double MOST = Double.MAX_VALUE;

    private TrafficCodec() {}

    public static PeerNodeLoad toProto(NodeId node, NodeLoad o) {
        var m = PeerNodeLoad.newBuilder()
                .setNode(node.name())
                .setUtilization(o.utilization().value())
                .setPowerWatts(o.power().value())
                .setTtftP95Ms(o.ttftP95().value())
                .setRequestsPerSecond(o.requests().value())
                .setTokensPerSecond(o.tokens().value())
                .setQueueDepth(o.queueDepth())
                .setInFlight(o.inFlight())
                .setKvCacheUsage(o.kvCacheUsage().value());
        o.replicas().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> m.addReplicas(PeerReplicaReading.newBuilder()
                        .setCode(e.getKey())
                        .setRequests(e.getValue().requests())
                        .setFailed(e.getValue().failed())
                        .setTtftP95Ms(e.getValue().ttftP95Millis())));
        return m.build();
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static NodeId node(PeerNodeLoad m, Cursor at) {
        return at.named("node", m.getNode(), NodeId::new);
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static NodeLoad load(PeerNodeLoad m, Cursor at) {
        Map<String, ReplicaReading> replicas = new HashMap<>();
        for (int i = 0; i < m.getReplicasCount(); i++) {
            PeerReplicaReading r = m.getReplicas(i);
            Cursor here = at.item("replicas", i);
            replicas.put(
                    here.text("code", r.getCode()),
                    new ReplicaReading(
                            here.count("requests", r.getRequests()),
                            here.count("failed", r.getFailed()),
                            here.reading("ttft_p95_ms", r.getTtftP95Ms(), 0, MOST)));
        }
        return new NodeLoad(
                new Ratio(at.reading("utilization", m.getUtilization(), 0, 1)),
                new Watts(at.reading("power_watts", m.getPowerWatts(), 0, MOST)),
                new Millis(at.reading("ttft_p95_ms", m.getTtftP95Ms(), 0, MOST)),
                new PerSecond(at.reading("requests_per_second", m.getRequestsPerSecond(), 0, MOST)),
                new PerSecond(at.reading("tokens_per_second", m.getTokensPerSecond(), 0, MOST)),
                at.reading("queue_depth", m.getQueueDepth(), 0, MOST),
                at.reading("in_flight", m.getInFlight(), 0, MOST),
                new Ratio(at.reading("kv_cache_usage", m.getKvCacheUsage(), 0, 1)),
                replicas);
    }

    public static PeerFlow toProto(FlowSample o) {
        return PeerFlow.newBuilder()
                .setRoute(o.route().name())
                .setSite(o.site().name())
                .setRequestsPerSecond(o.requests().value())
                .setLatencyP95Ms(o.latencyP95().value())
                .setErrorRatio(o.errorRatio().value())
                .build();
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static FlowSample flow(PeerFlow m, Cursor at) {
        return new FlowSample(
                at.named("route", m.getRoute(), RouteId::new),
                at.named("site", m.getSite(), SiteId::new),
                new PerSecond(at.reading("requests_per_second", m.getRequestsPerSecond(), 0, MOST)),
                new Millis(at.reading("latency_p95_ms", m.getLatencyP95Ms(), 0, MOST)),
                new Ratio(at.reading("error_ratio", m.getErrorRatio(), 0, 1)));
    }
}
