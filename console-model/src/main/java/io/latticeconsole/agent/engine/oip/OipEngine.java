package io.latticeconsole.agent.engine.oip;

import static io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc.getModelInferMethod;
import static io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc.getModelMetadataMethod;
import static io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc.getModelReadyMethod;
import static io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc.getModelStatisticsMethod;
import static io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc.getRepositoryIndexMethod;
import static io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc.getServerLiveMethod;
import static io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc.getServerMetadataMethod;
import static io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc.getServerReadyMethod;

import io.grpc.ManagedChannel;
import io.latticeconsole.agent.engine.AnswerCheck;
import io.latticeconsole.agent.engine.DrainEffect;
import io.latticeconsole.agent.engine.Engine;
import io.latticeconsole.agent.engine.EngineHealth;
import io.latticeconsole.agent.engine.EngineIdentity;
import io.latticeconsole.agent.engine.EngineModel;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.engine.EngineProblem.Kind;
import io.latticeconsole.agent.engine.EngineStatistics;
import io.latticeconsole.agent.engine.ModelCounts;
import io.latticeconsole.agent.engine.ModelVersion;
import io.latticeconsole.proto.inference.InferStatistics;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.inference.ModelMetadataRequest;
import io.latticeconsole.proto.inference.ModelMetadataResponse;
import io.latticeconsole.proto.inference.ModelReadyRequest;
import io.latticeconsole.proto.inference.ModelStatistics;
import io.latticeconsole.proto.inference.ModelStatisticsRequest;
import io.latticeconsole.proto.inference.RepositoryIndexRequest;
import io.latticeconsole.proto.inference.RepositoryIndexResponse.ModelIndex;
import io.latticeconsole.proto.inference.ServerLiveRequest;
import io.latticeconsole.proto.inference.ServerMetadataRequest;
import io.latticeconsole.proto.inference.ServerMetadataResponse;
import io.latticeconsole.proto.inference.ServerReadyRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// An engine that speaks the Open Inference Protocol v2 over a channel, which it owns and closes.
public final class OipEngine implements Engine {
    private final OipCalls calls;
    private final ManagedChannel channel;
    private final OipSettings settings;

    public OipEngine(ManagedChannel channel, OipSettings settings) {
        this.channel = channel;
        this.settings = settings;
        this.calls = new OipCalls("the engine at " + channel.authority(), channel, settings.maxAnswerBytes());
    }

    @Override
    public EngineIdentity identity() throws EngineProblem {
        ServerMetadataResponse answer = calls.call(
                getServerMetadataMethod(), ServerMetadataRequest.getDefaultInstance(), settings.callDeadline());
        return new EngineIdentity(answer.getName(), answer.getVersion(), answer.getExtensionsList());
    }

    @Override
    public EngineHealth health() throws EngineProblem {
        boolean live = calls.call(
                        getServerLiveMethod(), ServerLiveRequest.getDefaultInstance(), settings.callDeadline())
                .getLive();
        boolean ready = calls.call(
                        getServerReadyMethod(), ServerReadyRequest.getDefaultInstance(), settings.callDeadline())
                .getReady();
        List<String> doubts = new ArrayList<>();
        if (ready && !live) {
            doubts.add(calls.engine() + " says that it is ready and not live");
        }
        if (ready) {
            for (EngineModel model : models()) {
                if (model.state() == EngineModel.State.READY && !modelReady(model.model())) {
                    doubts.add(calls.engine() + " lists " + model.model() + " as ready and denies it when asked");
                }
            }
        }
        return new EngineHealth(live, ready, doubts);
    }

    @Override
    public List<EngineModel> models() throws EngineProblem {
        if (OipRepository.of(identity()) != OipRepository.TRITON) {
            return configuredModels();
        }
        List<EngineModel> models = new ArrayList<>();
        for (ModelIndex index : calls.call(
                        getRepositoryIndexMethod(),
                        RepositoryIndexRequest.getDefaultInstance(),
                        settings.callDeadline())
                .getModelsList()) {
            models.add(new EngineModel(
                    new ModelVersion(index.getName(), index.getVersion()), state(index), index.getReason()));
        }
        return models;
    }

    /// Triton calls UNAVAILABLE both what was unloaded and what could not be loaded; the reason tells them apart.
    private static EngineModel.State state(ModelIndex index) {
        return switch (index.getState()) {
            case "READY" -> EngineModel.State.READY;
            case "LOADING" -> EngineModel.State.LOADING;
            case "UNLOADING" -> EngineModel.State.UNLOADING;
            case "UNAVAILABLE" ->
                index.getReason().isEmpty() || index.getReason().equals("unloaded")
                        ? EngineModel.State.UNLOADED
                        : EngineModel.State.FAILED;
            case "" -> EngineModel.State.UNLOADED;
            default -> EngineModel.State.UNKNOWN;
        };
    }

    private List<EngineModel> configuredModels() throws EngineProblem {
        List<EngineModel> models = new ArrayList<>();
        for (String name : settings.models()) {
            boolean ready = modelReady(new ModelVersion(name, ""));
            EngineModel.State state = ready ? EngineModel.State.READY : EngineModel.State.UNLOADED;
            List<String> versions = ready
                    ? calls.call(
                                    getModelMetadataMethod(),
                                    ModelMetadataRequest.newBuilder()
                                            .setName(name)
                                            .build(),
                                    settings.callDeadline())
                            .getVersionsList()
                    : List.of();
            for (String version : versions.isEmpty() ? List.of("") : versions) {
                models.add(new EngineModel(new ModelVersion(name, version), state, ""));
            }
        }
        return models;
    }

    @Override
    public ModelMetadataResponse metadata(ModelVersion model) throws EngineProblem {
        return calls.call(
                getModelMetadataMethod(),
                ModelMetadataRequest.newBuilder()
                        .setName(model.name())
                        .setVersion(model.version())
                        .build(),
                settings.callDeadline());
    }

    private boolean modelReady(ModelVersion model) throws EngineProblem {
        ModelReadyRequest request = ModelReadyRequest.newBuilder()
                .setName(model.name())
                .setVersion(model.version())
                .build();
        try {
            return calls.call(getModelReadyMethod(), request, settings.callDeadline())
                    .getReady();
        } catch (EngineProblem problem) {
            // Engines differ in whether they deny or refuse what they do not have.
            if (problem.kind() == Kind.REFUSED || problem.kind() == Kind.NOT_READY) {
                return false;
            }
            throw problem;
        }
    }

    @Override
    public EngineStatistics statistics() throws EngineProblem {
        List<ModelCounts> counts = new ArrayList<>();
        for (ModelStatistics model : calls.call(
                        getModelStatisticsMethod(),
                        ModelStatisticsRequest.getDefaultInstance(),
                        settings.callDeadline())
                .getModelStatsList()) {
            InferStatistics stats = model.getInferenceStats();
            counts.add(new ModelCounts(
                    new ModelVersion(model.getName(), model.getVersion()),
                    OptionalLong.of(stats.getSuccess().getCount()),
                    OptionalLong.of(stats.getFail().getCount()),
                    OptionalLong.of(stats.getSuccess().getNs()),
                    OptionalLong.of(stats.getQueue().getNs()),
                    OptionalLong.of(stats.getComputeInput().getNs()
                            + stats.getComputeInfer().getNs()
                            + stats.getComputeOutput().getNs())));
        }
        return EngineStatistics.of(counts);
    }

    @Override
    public void load(ModelVersion model) throws EngineProblem {
        EngineIdentity identity = identity();
        OipRepository.of(identity).load(calls, model, loadsVersions(identity), settings.loadDeadline());
        if (!modelReady(model)) {
            throw new EngineProblem(
                    Kind.NOT_READY,
                    calls.engine() + " loaded " + model.name() + " but does not serve " + model
                            + "; its version policy may leave that version out");
        }
    }

    @Override
    public void warm(ModelVersion model, ModelInferRequest sample) throws EngineProblem {
        ModelInferResponse answer = infer(
                sample.toBuilder()
                        .setModelName(model.name())
                        .setModelVersion(model.version())
                        .build(),
                settings.loadDeadline());
        if (answer.getOutputsCount() == 0) {
            throw new EngineProblem(Kind.GARBAGE, calls.engine() + " answered " + model + " without any output");
        }
    }

    @Override
    public void unload(ModelVersion model) throws EngineProblem {
        EngineIdentity identity = identity();
        OipRepository.of(identity).unload(calls, model, loadsVersions(identity), settings.loadDeadline());
        if (modelReady(model)) {
            throw new EngineProblem(Kind.GARBAGE, calls.engine() + " unloaded " + model + " and calls it ready");
        }
    }

    private static boolean loadsVersions(EngineIdentity identity) {
        return identity.extensions().contains(OipRepository.VERSION_EXTENSION);
    }

    @Override
    public ModelInferResponse infer(ModelInferRequest request, Duration deadline) throws EngineProblem {
        try {
            return begin(request, deadline).join();
        } catch (CompletionException failed) {
            throw EngineProblem.of(failed);
        }
    }

    @Override
    public CompletableFuture<ModelInferResponse> begin(ModelInferRequest request, Duration deadline) {
        return calls.begin(getModelInferMethod(), request, deadline).thenCompose(answer -> {
            try {
                AnswerCheck.require(calls.engine(), answer);
                return CompletableFuture.completedFuture(answer);
            } catch (EngineProblem garbage) {
                return CompletableFuture.failedFuture(garbage);
            }
        });
    }

    @Override
    public void pause() {
        // The protocol has no such request: whoever routes keeps new requests away.
    }

    @Override
    public void resume() {
        // See pause.
    }

    @Override
    public DrainEffect drainEffect() {
        return new DrainEffect("--exit-timeout-secs", settings.exitTimeout());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
