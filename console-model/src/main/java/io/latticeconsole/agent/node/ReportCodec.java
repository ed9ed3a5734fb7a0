package io.latticeconsole.agent.node;

import com.google.protobuf.Timestamp;
import io.latticeconsole.codec.MalformedMessage;
import io.latticeconsole.gateway.NodeReport;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.proto.v1.AcceleratorReport;
import io.latticeconsole.proto.v1.MachineAccelerator;
import io.latticeconsole.proto.v1.MachineReport;
import io.latticeconsole.proto.v1.ReplicaReport;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A machine's report on the wire. What is out of its range on arrival is no reading.
public final class ReportCodec {
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");
    private static final int MOST_LETTERS = 100;
    private static final int MOST_REPLICAS = 256;
    private static final int MOST_ACCELERATORS = 64;
    private static final double MOST_MS = 3_600_000;
    private static final double MOST_RATE = 1e9;

    private ReportCodec() {}

    /// @param hardware what the machine is made of, by index; empty while that is not known
    static MachineReport toProto(NodeReport report, List<MachineAccelerator> hardware, Instant wall) {
        MachineReport.Builder b = MachineReport.newBuilder()
                .setWallTime(
                        Timestamp.newBuilder().setSeconds(wall.getEpochSecond()).setNanos(wall.getNano()))
                .setBoot(report.boot())
                .setUtilization(report.utilization())
                .setTemperatureCelsius(report.temperature())
                .setPowerWatts(report.power())
                .setTtftP95Ms(report.ttftP95())
                .setE2EP95Ms(report.e2eP95())
                .setLatencyP95Ms(report.latencyP95())
                .setRequestsPerSecond(report.requestsPerSecond())
                .setTokensPerSecond(report.tokensPerSecond())
                .setErrorRatio(report.errorRatio())
                .setThrottled(report.throttled())
                .setPowerCapped(report.powerCapped());
        for (NodeReport.Replica r : report.replicas()) {
            b.addReplicas(toProto(r));
        }
        for (int i = 0; i < report.gpus().length; i++) {
            NodeReport.Gpu gpu = report.gpus()[i];
            AcceleratorReport.Builder a =
                    AcceleratorReport.newBuilder().setHealthy(gpu.healthy()).setLastXid(gpu.lastXid());
            if (hardware.size() == report.gpus().length) {
                a.setHardware(hardware.get(i));
            }
            b.addAccelerators(a);
        }
        return b.build();
    }

    private static ReplicaReport toProto(NodeReport.Replica r) {
        ModelId model = r.model();
        return ReplicaReport.newBuilder()
                .setCode(r.code())
                .setModel(model == null ? "" : model.name())
                .setVersion(r.version())
                .setState(io.latticeconsole.proto.v1.ReplicaState.valueOf(
                        "REPLICA_STATE_" + r.state().name()))
                .setMessage(r.message())
                .setQueueMs(r.queueMs())
                .setQueued(r.queued())
                .setRunning(r.batch())
                .setKvCacheUsage(r.kvUsage())
                .setSlowness(r.slowness())
                .setRequestsPerSecond(r.requestsPerSecond())
                .setEnded(r.ended())
                .setFailed(r.failed())
                .setTtftP95Ms(r.ttftP95())
                .build();
    }

    /// The report of the node with that index, as it arrived at `now` in lattice ns.
    ///
    /// @throws MalformedMessage naming the field that cannot be used
    public static NodeReport fromProto(MachineReport m, int node, long now) {
        if (m.getReplicasCount() > MOST_REPLICAS || m.getAcceleratorsCount() > MOST_ACCELERATORS) {
            throw new MalformedMessage(
                    "MachineReport.replicas",
                    m.getReplicasCount() + " and " + m.getAcceleratorsCount() + " accelerators",
                    "at most " + MOST_REPLICAS + " and " + MOST_ACCELERATORS);
        }
        return new NodeReport(
                node,
                now,
                m.getBoot(),
                within(m.getUtilization(), 0, 1),
                within(m.getTemperatureCelsius(), -50, 200),
                within(m.getPowerWatts(), 0, 1e6),
                within(m.getTtftP95Ms(), 0, MOST_MS),
                within(m.getE2EP95Ms(), 0, MOST_MS),
                within(m.getLatencyP95Ms(), 0, MOST_MS),
                within(m.getRequestsPerSecond(), 0, MOST_RATE),
                within(m.getTokensPerSecond(), 0, MOST_RATE),
                within(m.getErrorRatio(), 0, 1),
                m.getThrottled(),
                m.getPowerCapped(),
                m.getReplicasList().stream().map(ReportCodec::replica).toArray(NodeReport.Replica[]::new),
                m.getAcceleratorsList().stream()
                        .map(a -> new NodeReport.Gpu(a.getHealthy(), a.getLastXid()))
                        .toArray(NodeReport.Gpu[]::new));
    }

    private static NodeReport.Replica replica(ReplicaReport r) {
        return new NodeReport.Replica(
                code(r.getCode()),
                model(r.getModel()),
                cut(r.getVersion()),
                state(r),
                r.getMessage(),
                or(within(r.getQueueMs(), 0, MOST_MS), 0),
                Math.max(0, r.getQueued()),
                Math.max(0, r.getRunning()),
                within(r.getKvCacheUsage(), 0, 1),
                or(within(r.getSlowness(), 0.01, 1000), 1),
                or(within(r.getRequestsPerSecond(), 0, MOST_RATE), 0),
                Math.max(0, r.getEnded()),
                Math.max(0, r.getFailed()),
                within(r.getTtftP95Ms(), 0, MOST_MS));
    }

    private static String code(String code) {
        if (!CODE.matcher(code).matches()) {
            throw new MalformedMessage("MachineReport.replicas.code", cut(code), "a short name such as minilm-1");
        }
        return code;
    }

    private static @Nullable ModelId model(String name) {
        if (name.isEmpty()) {
            return null;
        }
        if (!name.startsWith("models/") || !CODE.matcher(name.substring(7)).matches()) {
            throw new MalformedMessage("MachineReport.replicas.model", cut(name), "a name such as models/minilm");
        }
        return new ModelId(name);
    }

    private static String cut(String text) {
        return text.length() <= MOST_LETTERS ? text : text.substring(0, MOST_LETTERS) + "…";
    }

    private static ReplicaState state(ReplicaReport r) {
        return switch (r.getState()) {
            case REPLICA_STATE_LOADING -> ReplicaState.LOADING;
            case REPLICA_STATE_WARMING -> ReplicaState.WARMING;
            case REPLICA_STATE_READY -> ReplicaState.READY;
            case REPLICA_STATE_DRAINING -> ReplicaState.DRAINING;
            case REPLICA_STATE_UNLOADED -> ReplicaState.UNLOADED;
            case REPLICA_STATE_FAILED -> ReplicaState.FAILED;
            case REPLICA_STATE_UNSPECIFIED, UNRECOGNIZED ->
                throw new MalformedMessage(
                        "MachineReport.replicas.state", String.valueOf(r.getStateValue()), "a state of a replica");
        };
    }

    private static double within(double value, double low, double high) {
        return value >= low && value <= high ? value : Double.NaN;
    }

    private static double or(double value, double instead) {
        return Double.isNaN(value) ? instead : value;
    }
}
