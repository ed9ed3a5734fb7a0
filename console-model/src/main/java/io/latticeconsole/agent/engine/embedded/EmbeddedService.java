package io.latticeconsole.agent.engine.embedded;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.agent.engine.EngineModel.State;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.inference.InferStatistics;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.inference.ModelMetadataRequest;
import io.latticeconsole.proto.inference.ModelMetadataResponse;
import io.latticeconsole.proto.inference.ModelReadyRequest;
import io.latticeconsole.proto.inference.ModelReadyResponse;
import io.latticeconsole.proto.inference.ModelStatistics;
import io.latticeconsole.proto.inference.ModelStatisticsRequest;
import io.latticeconsole.proto.inference.ModelStatisticsResponse;
import io.latticeconsole.proto.inference.RepositoryIndexRequest;
import io.latticeconsole.proto.inference.RepositoryIndexResponse;
import io.latticeconsole.proto.inference.RepositoryModelLoadRequest;
import io.latticeconsole.proto.inference.RepositoryModelLoadResponse;
import io.latticeconsole.proto.inference.RepositoryModelUnloadRequest;
import io.latticeconsole.proto.inference.RepositoryModelUnloadResponse;
import io.latticeconsole.proto.inference.ServerLiveRequest;
import io.latticeconsole.proto.inference.ServerLiveResponse;
import io.latticeconsole.proto.inference.ServerMetadataRequest;
import io.latticeconsole.proto.inference.ServerMetadataResponse;
import io.latticeconsole.proto.inference.ServerReadyRequest;
import io.latticeconsole.proto.inference.ServerReadyResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The Open Inference Protocol v2 over one model's versions. At most one request a core computes; the others wait, and
/// whoever no longer waits for an answer is not computed for.
final class EmbeddedService extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase implements AutoCloseable {
    static final int MAX_WAITING = 512;
    private static final List<String> EXTENSIONS =
            List.of("model_repository", "model_repository(version)", "statistics");
    private final ServedModel model;
    private final ThreadPoolExecutor cores;

    /// What a method answers with, or why not.
    private interface Answer<P> {
        P get() throws Exception;
    }

    EmbeddedService(String model, Map<String, ServedVersion> versions) {
        this.model = new ServedModel(model, new TreeMap<>(versions));
        int count = Runtime.getRuntime().availableProcessors();
        // Not virtual threads: native code would hold on to their carriers, which others need.
        this.cores = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().daemon().name("inference-", 0).factory());
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> to) {
        answer(to, () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> to) {
        answer(to, () -> ServerReadyResponse.newBuilder().setReady(true).build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> to) {
        answer(
                to,
                () -> ModelReadyResponse.newBuilder()
                        .setReady(model.chosen(request.getName(), request.getVersion())
                                        .state()
                                == State.READY)
                        .build());
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> to) {
        answer(
                to,
                () -> ServerMetadataResponse.newBuilder()
                        .setName("lattice-embedded")
                        .setVersion(EmbeddedServer.version())
                        .addAllExtensions(EXTENSIONS)
                        .build());
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> to) {
        answer(to, () -> {
            model.chosen(request.getName(), request.getVersion());
            ModelMetadataResponse.Builder answer =
                    ModelMetadataResponse.newBuilder().setName(model.name()).setPlatform("onnxruntime_onnx");
            model.versions().forEach((name, version) -> {
                if (version.state() == State.READY) {
                    answer.addVersions(name);
                }
            });
            answer.addInputs(TextTensors.INPUT).addOutputs(TextTensors.OUTPUT);
            return answer.build();
        });
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> to) {
        long start = System.nanoTime();
        try {
            cores.execute(Context.current().wrap(() -> infer(request, start, to)));
        } catch (RejectedExecutionException _) {
            to.onError(
                    cores.isShutdown()
                            ? ServedModel.refusal(Status.UNAVAILABLE, "the engine ends")
                            : ServedModel.refusal(Status.RESOURCE_EXHAUSTED, MAX_WAITING + " requests wait already"));
        }
    }

    private void infer(ModelInferRequest request, long start, StreamObserver<ModelInferResponse> to) {
        answer(to, () -> {
            String name = model.chosenName(request.getModelName(), request.getModelVersion());
            ServedVersion version = model.chosen(request.getModelName(), name);
            try {
                List<float[]> vectors = vectors(name, version, TextTensors.texts(request), start);
                version.succeeded.increment();
                version.totalNanos.add(System.nanoTime() - start);
                version.lastMillis = System.currentTimeMillis();
                return TextTensors.answer(request, name, vectors);
            } catch (Exception failed) {
                version.failed.increment();
                version.failedNanos.add(System.nanoTime() - start);
                throw failed;
            }
        });
    }

    private List<float[]> vectors(String name, ServedVersion version, List<String> texts, long start) throws Exception {
        long begun = System.nanoTime();
        version.queueNanos.add(begun - start);
        if (Context.current().isCancelled()) {
            throw ServedModel.refusal(Status.CANCELLED, "nobody waits for the answer any more");
        }
        List<float[]> vectors = version.use(transformer -> {
            List<float[]> all = new ArrayList<>();
            for (String text : texts) {
                all.add(transformer.embed(text));
            }
            return all;
        });
        if (vectors == null) {
            throw ServedModel.refusal(
                    Status.UNAVAILABLE, model.name() + ":" + name + " is not loaded: " + version.reason());
        }
        version.computeNanos.add(System.nanoTime() - begun);
        return vectors;
    }

    @Override
    public void modelStatistics(ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> to) {
        answer(to, () -> {
            if (!request.getName().isEmpty()) {
                model.chosen(request.getName(), request.getVersion());
            }
            ModelStatisticsResponse.Builder answer = ModelStatisticsResponse.newBuilder();
            model.versions().forEach((name, version) -> {
                if (request.getVersion().isEmpty() || request.getVersion().equals(name)) {
                    answer.addModelStats(counts(name, version));
                }
            });
            return answer.build();
        });
    }

    private ModelStatistics counts(String name, ServedVersion version) {
        long succeeded = version.succeeded.sum();
        InferStatistics.Builder stats = InferStatistics.newBuilder();
        stats.getSuccessBuilder().setCount(succeeded).setNs(version.totalNanos.sum());
        stats.getFailBuilder().setCount(version.failed.sum()).setNs(version.failedNanos.sum());
        stats.getQueueBuilder().setCount(succeeded).setNs(version.queueNanos.sum());
        stats.getComputeInferBuilder().setCount(succeeded).setNs(version.computeNanos.sum());
        return ModelStatistics.newBuilder()
                .setName(model.name())
                .setVersion(name)
                .setLastInference(version.lastMillis)
                .setInferenceCount(succeeded)
                .setExecutionCount(succeeded)
                .setInferenceStats(stats)
                .build();
    }

    @Override
    public void repositoryIndex(RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> to) {
        answer(to, () -> {
            RepositoryIndexResponse.Builder answer = RepositoryIndexResponse.newBuilder();
            model.versions().forEach((name, version) -> {
                State state = version.state();
                if (!request.getReady() || state == State.READY) {
                    answer.addModelsBuilder()
                            .setName(model.name())
                            .setVersion(name)
                            .setState(state == State.FAILED || state == State.UNLOADED ? "UNAVAILABLE" : state.name())
                            .setReason(version.reason());
                }
            });
            return answer.build();
        });
    }

    @Override
    public void repositoryModelLoad(
            RepositoryModelLoadRequest request, StreamObserver<RepositoryModelLoadResponse> to) {
        answer(to, () -> {
            for (ServedVersion version : model.named(request.getModelName(), request.getParametersMap())) {
                try {
                    version.load();
                } catch (IOException bad) {
                    throw Status.INVALID_ARGUMENT
                            .withDescription("failed to load: " + bad.getMessage())
                            .withCause(bad)
                            .asException();
                }
            }
            return RepositoryModelLoadResponse.getDefaultInstance();
        });
    }

    @Override
    public void repositoryModelUnload(
            RepositoryModelUnloadRequest request, StreamObserver<RepositoryModelUnloadResponse> to) {
        answer(to, () -> {
            model.named(request.getModelName(), request.getParametersMap()).forEach(ServedVersion::unload);
            return RepositoryModelUnloadResponse.getDefaultInstance();
        });
    }

    private static <P> void answer(StreamObserver<P> to, Answer<P> answer) {
        P message;
        try {
            message = answer.get();
        } catch (StatusException refused) {
            to.onError(refused);
            return;
        } catch (Exception failed) {
            to.onError(Status.INTERNAL
                    .withDescription("inference failed: " + failed)
                    .withCause(failed)
                    .asException());
            return;
        }
        to.onNext(message);
        to.onCompleted();
    }

    /// Computes nothing more.
    @Override
    public void close() {
        cores.shutdownNow();
    }
}
