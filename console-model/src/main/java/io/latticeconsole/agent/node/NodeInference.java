package io.latticeconsole.agent.node;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.agent.engine.Engine;
import io.latticeconsole.agent.engine.EngineIdentity;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.inference.ModelReadyRequest;
import io.latticeconsole.proto.inference.ModelReadyResponse;
import io.latticeconsole.proto.inference.ServerLiveRequest;
import io.latticeconsole.proto.inference.ServerLiveResponse;
import io.latticeconsole.proto.inference.ServerMetadataRequest;
import io.latticeconsole.proto.inference.ServerMetadataResponse;
import io.latticeconsole.proto.inference.ServerReadyRequest;
import io.latticeconsole.proto.inference.ServerReadyResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The Open Inference Protocol as this machine serves it: under the lattice's names of models, counted per replica.
/// Blocks while the engine works, so it wants virtual threads.
final class NodeInference extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Engine engine;
    private final Replicas replicas;

    NodeInference(Engine engine, Replicas replicas) {
        this.engine = engine;
        this.replicas = replicas;
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
        course.run(() -> serve(request, running, out));
        course.cancel(null);
    }

    private void serve(ModelInferRequest request, RunningRequest running, StreamObserver<ModelInferResponse> out) {
        boolean ok = false;
        try {
            ModelInferResponse answer = engine.infer(
                    request.toBuilder()
                            .setModelName(running.replica.served.name())
                            .setModelVersion(running.replica.served.version())
                            .build(),
                    timeLeft());
            ok = true;
            if (running.answer()) {
                out.onNext(answer.toBuilder()
                        .setModelName(running.replica.model.code())
                        .setModelVersion(running.replica.version)
                        .build());
                out.onCompleted();
            }
        } catch (EngineProblem problem) {
            ok = problem.kind() == EngineProblem.Kind.REFUSED;
            if (running.answer()) {
                out.onError(InferenceFailure.of(problem, running.replica.code));
            }
        } finally {
            replicas.end(running, ok);
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
        boolean ready;
        try {
            ready = engine.health().servesTraffic();
        } catch (EngineProblem _) {
            ready = false;
        }
        out.onNext(ServerReadyResponse.newBuilder().setReady(ready).build());
        out.onCompleted();
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> out) {
        out.onNext(ModelReadyResponse.newBuilder()
                .setReady(replicas.serves(request.getName(), request.getVersion()))
                .build());
        out.onCompleted();
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> out) {
        try {
            EngineIdentity identity = engine.identity();
            out.onNext(ServerMetadataResponse.newBuilder()
                    .setName("lattice-node")
                    .setVersion(identity.name() + " " + identity.version())
                    .build());
            out.onCompleted();
        } catch (EngineProblem problem) {
            StatusRuntimeException failed = InferenceFailure.of(problem, "");
            out.onError(failed);
        }
    }
}
