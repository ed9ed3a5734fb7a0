package io.latticeconsole.agent.engine;

import io.grpc.Context;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.inference.ModelMetadataResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// An inference engine on this machine. Every method may be called from any thread, blocks for no longer than its
/// deadline (so call it on a virtual thread), and tells whatever goes wrong as an [EngineProblem].
public interface Engine extends AutoCloseable {
    /// Who answers, and in which version.
    EngineIdentity identity() throws EngineProblem;

    /// What the engine says of itself, checked against itself.
    EngineHealth health() throws EngineProblem;

    /// The versions of models that the engine knows, loaded or not.
    List<EngineModel> models() throws EngineProblem;

    /// What the engine has counted since it started.
    EngineStatistics statistics() throws EngineProblem;

    /// What tensors a loaded version takes and answers.
    ModelMetadataResponse metadata(ModelVersion model) throws EngineProblem;

    /// Loads a version and returns when the engine calls it ready.
    void load(ModelVersion model) throws EngineProblem;

    /// Sends one real request to a loaded version and returns when a well-formed answer came.
    void warm(ModelVersion model, ModelInferRequest sample) throws EngineProblem;

    /// Unloads a version and returns when the engine no longer serves it.
    void unload(ModelVersion model) throws EngineProblem;

    /// One request, answered whole. The answer's tensors have the sizes that they claim.
    ModelInferResponse infer(ModelInferRequest request, Duration deadline) throws EngineProblem;

    /// The same without blocking: a failure is an [EngineProblem]. Ends early when the caller's gRPC context does. What
    /// follows runs on a thread that must not be made to wait.
    default CompletableFuture<ModelInferResponse> begin(ModelInferRequest request, Duration deadline) {
        CompletableFuture<ModelInferResponse> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("inference").start(Context.current().wrap(() -> {
            try {
                answer.complete(infer(request, deadline));
            } catch (EngineProblem | RuntimeException failed) {
                answer.completeExceptionally(failed);
            }
        }));
        return answer;
    }

    /// Stops taking new requests while those in flight finish, where the engine can.
    void pause() throws EngineProblem;

    /// Takes requests again after [#pause].
    void resume() throws EngineProblem;

    /// What stopping this engine does to requests in flight, by its own settings.
    DrainEffect drainEffect();

    @Override
    void close();
}
