package io.latticeconsole.agent.node;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.agent.engine.Engine;
import io.latticeconsole.agent.engine.EngineIdentity;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.inference.ModelMetadataRequest;
import io.latticeconsole.proto.inference.ModelMetadataResponse;
import io.latticeconsole.proto.inference.ModelReadyRequest;
import io.latticeconsole.proto.inference.ModelReadyResponse;
import io.latticeconsole.proto.inference.ServerLiveRequest;
import io.latticeconsole.proto.inference.ServerLiveResponse;
import io.latticeconsole.proto.inference.ServerMetadataRequest;
import io.latticeconsole.proto.inference.ServerMetadataResponse;
import io.latticeconsole.proto.inference.ServerReadyRequest;
import io.latticeconsole.proto.inference.ServerReadyResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The Open Inference Protocol as this machine serves it: under the lattice's names of models, counted per replica.
/// Nothing here waits for the engine.
final class NodeInference extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Engine engine;
    private final Replicas replicas;
    private final Executor work;

    /// @param work runs what waits for the engine; a task may block
    NodeInference(Engine engine, Replicas replicas, Executor work) {
        this.engine = engine;
        this.replicas = replicas;
        this.work = work;
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> out) {
        String code = ReplicaHeader.current();
        Context.CancellableContext course = Context.current().withCancellation();
        RunningRequest running = replicas.begin(code, request.getModelName(), request.getModelVersion(), () -> {
            out.onError(InferenceFailure.of(
                    Status.Code.UNAVAILABLE, InferenceFailure.ABORTED, "an operator's drain aborted it", code));
            course.cancel(null);
        });
        if (running == null) {
            course.cancel(null);
            out.onError(InferenceFailure.of(
                    Status.Code.UNAVAILABLE,
                    InferenceFailure.NOT_SERVED,
                    "no replica of " + request.getModelName() + " is ready here",
                    code.isEmpty() ? request.getModelName() : code));
            return;
        }
        course.run(() -> {
            var _ = engine.begin(asServed(request, running.replica), timeLeft()).whenComplete((answer, failure) -> {
                end(running, answer, failure, out);
                course.cancel(null);
            });
        });
    }

    private static ModelInferRequest asServed(ModelInferRequest request, LocalReplica replica) {
        return request.toBuilder()
                .setModelName(replica.served.name())
                .setModelVersion(replica.served.version())
                .build();
    }

    private void end(
            RunningRequest running,
            @Nullable ModelInferResponse answer,
            @Nullable Throwable failure,
            StreamObserver<ModelInferResponse> out) {
        EngineProblem problem = failure == null ? null : EngineProblem.of(failure);
        try {
            if (!running.answer()) {
                return; // an order aborted it, and has told so
            }
            if (answer != null) {
                out.onNext(answer.toBuilder()
                        .setModelName(running.replica.model.code())
                        .setModelVersion(running.replica.version)
                        .build());
                out.onCompleted();
            } else if (problem != null) {
                out.onError(InferenceFailure.of(problem, running.replica.code));
            }
        } finally {
            replicas.end(running, problem == null || problem.kind() == EngineProblem.Kind.REFUSED);
        }
    }

    private static Duration timeLeft() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null ? LONGEST : Duration.ofNanos(Math.max(1, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> out) {
        out.onNext(ServerLiveResponse.newBuilder().setLive(true).build());
        out.onCompleted();
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> out) {
        work.execute(Context.current().wrap(() -> {
            out.onNext(ServerReadyResponse.newBuilder().setReady(ready()).build());
            out.onCompleted();
        }));
    }

    private boolean ready() {
        try {
            return engine.health().servesTraffic();
        } catch (EngineProblem _) {
            return false;
        }
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> out) {
        out.onNext(ModelReadyResponse.newBuilder()
                .setReady(replicas.serves(request.getName(), request.getVersion()))
                .build());
        out.onCompleted();
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> out) {
        List<LocalReplica> all = replicas.ready().stream()
                .filter(r -> r.model.code().equals(request.getName()))
                .toList();
        LocalReplica asked = all.stream()
                .filter(r -> request.getVersion().isEmpty() || r.version.equals(request.getVersion()))
                .findFirst()
                .orElse(null);
        if (asked == null) {
            out.onError(InferenceFailure.notServed(request.getName(), request.getVersion()));
            return;
        }
        work.execute(Context.current().wrap(() -> {
            try {
                out.onNext(engine.metadata(asked.served).toBuilder()
                        .setName(request.getName())
                        .clearVersions()
                        .addAllVersions(
                                all.stream().map(r -> r.version).distinct().toList())
                        .build());
                out.onCompleted();
            } catch (EngineProblem problem) {
                out.onError(InferenceFailure.of(problem, asked.code));
            }
        }));
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> out) {
        work.execute(Context.current().wrap(() -> {
            try {
                EngineIdentity identity = engine.identity();
                out.onNext(ServerMetadataResponse.newBuilder()
                        .setName("lattice-node")
                        .setVersion(identity.name() + " " + identity.version())
                        .build());
                out.onCompleted();
            } catch (EngineProblem problem) {
                out.onError(InferenceFailure.of(problem, ""));
            }
        }));
    }
}
