package io.latticeconsole.agent.node;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.proto.v1.AbortRequestsRequest;
import io.latticeconsole.proto.v1.CountRequestsRequest;
import io.latticeconsole.proto.v1.GetMachineRequest;
import io.latticeconsole.proto.v1.LoadReplicaRequest;
import io.latticeconsole.proto.v1.LoadReplicaResponse;
import io.latticeconsole.proto.v1.Machine;
import io.latticeconsole.proto.v1.MachineReport;
import io.latticeconsole.proto.v1.NodeServiceGrpc;
import io.latticeconsole.proto.v1.ProbeReplicaRequest;
import io.latticeconsole.proto.v1.ProbeReplicaResponse;
import io.latticeconsole.proto.v1.RequestCounts;
import io.latticeconsole.proto.v1.RetireReplicaRequest;
import io.latticeconsole.proto.v1.RetireReplicaResponse;
import io.latticeconsole.proto.v1.WatchMachineRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The node service of a machine. A watcher that does not read misses reports, never delays them.
final class NodeEndpoint extends NodeServiceGrpc.NodeServiceImplBase {
    private static final Duration PROBE = Duration.ofSeconds(10);
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

    private final NodeId node;
    private final Claims claims;
    private final Supplier<Machine> machine;
    private final Replicas replicas;
    private final Executor work;
    private final Set<ServerCallStreamObserver<MachineReport>> watchers = ConcurrentHashMap.newKeySet();
    private volatile @Nullable MachineReport newest;

    /// @param work runs what waits for the engine; a task may block
    NodeEndpoint(NodeId node, Claims claims, Supplier<Machine> machine, Replicas replicas, Executor work) {
        this.machine = machine;
        this.replicas = replicas;
        this.node = node;
        this.claims = claims;
        this.work = work;
    }

    /// Sends a report to all watchers that can take it.
    void publish(MachineReport report) {
        newest = report;
        MachineReport told = claims.told(report);
        for (ServerCallStreamObserver<MachineReport> watcher : watchers) {
            send(watcher, told);
        }
    }

    private static void send(ServerCallStreamObserver<MachineReport> watcher, MachineReport report) {
        synchronized (watcher) {
            if (watcher.isReady() && !watcher.isCancelled()) {
                watcher.onNext(report);
            }
        }
    }

    @Override
    public void getMachine(GetMachineRequest request, StreamObserver<Machine> out) {
        work.execute(() -> answer(out, machine.get()));
    }

    @Override
    public void watchMachine(WatchMachineRequest request, StreamObserver<MachineReport> out) {
        var watcher = (ServerCallStreamObserver<MachineReport>) out;
        if (!request.getNode().isEmpty() && !request.getNode().equals(node.name())) {
            out.onError(InferenceFailure.of(
                    Status.Code.FAILED_PRECONDITION,
                    "NOT_THIS_NODE",
                    "this is " + node + ", not " + request.getNode(),
                    request.getNode()));
            return;
        }
        Claims.Claim claim =
                new Claims.Claim(request.getGateway(), request.getEpoch(), Math.max(0, request.getOwnershipTerm()));
        boolean claiming = !claim.gateway().isEmpty();
        watcher.setOnCancelHandler(() -> {
            watchers.remove(watcher);
            if (claiming) {
                claims.remove(claim);
                publishAgain();
            }
        });
        watchers.add(watcher);
        if (claiming) {
            claims.add(claim);
        }
        publishAgain();
    }

    /// Tells everyone at once whose orders are taken now.
    private void publishAgain() {
        MachineReport report = newest;
        if (report != null) {
            publish(report);
        }
    }

    @Override
    public void loadReplica(LoadReplicaRequest request, StreamObserver<LoadReplicaResponse> out) {
        String model = request.getModel();
        if (!CODE.matcher(request.getCode()).matches()) {
            refuse(out, "code", request.getCode(), "a short name of lower-case letters, digits, dots and hyphens");
        } else if (!model.startsWith("models/")
                || !CODE.matcher(model.substring(7)).matches()) {
            refuse(out, "model", model, "a name such as models/minilm");
        } else {
            replicas.load(request.getCode(), new ModelId(model), request.getVersion());
            answer(out, LoadReplicaResponse.getDefaultInstance());
        }
    }

    @Override
    public void retireReplica(RetireReplicaRequest request, StreamObserver<RetireReplicaResponse> out) {
        replicas.retire(request.getCode());
        answer(out, RetireReplicaResponse.getDefaultInstance());
    }

    @Override
    public void countRequests(CountRequestsRequest request, StreamObserver<RequestCounts> out) {
        answer(out, counts(replicas.count()));
    }

    @Override
    public void abortRequests(AbortRequestsRequest request, StreamObserver<RequestCounts> out) {
        answer(out, counts(replicas.abort()));
    }

    @Override
    public void probeReplica(ProbeReplicaRequest request, StreamObserver<ProbeReplicaResponse> out) {
        work.execute(Context.current().wrap(() -> {
            try {
                double ms = replicas.loader().probe(request.getCode(), PROBE);
                answer(out, ProbeReplicaResponse.newBuilder().setLatencyMs(ms).build());
            } catch (EngineProblem problem) {
                out.onError(InferenceFailure.of(problem, request.getCode()));
            }
        }));
    }

    private static RequestCounts counts(Replicas.Counts counts) {
        return RequestCounts.newBuilder()
                .setRunning(counts.running())
                .setOldestAgeSeconds(counts.oldestSeconds())
                .setAborted(counts.aborted())
                .build();
    }

    private static <T> void refuse(StreamObserver<T> out, String field, String found, String expected) {
        out.onError(InferenceFailure.of(
                Status.Code.INVALID_ARGUMENT,
                "BAD_FIELD",
                field + ": found '" + found + "', expected " + expected,
                field));
    }

    private static <T> void answer(StreamObserver<T> out, T value) {
        out.onNext(value);
        out.onCompleted();
    }
}
