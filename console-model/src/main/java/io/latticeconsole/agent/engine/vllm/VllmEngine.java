package io.latticeconsole.agent.engine.vllm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.latticeconsole.agent.engine.DrainEffect;
import io.latticeconsole.agent.engine.Engine;
import io.latticeconsole.agent.engine.EngineHealth;
import io.latticeconsole.agent.engine.EngineIdentity;
import io.latticeconsole.agent.engine.EngineModel;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.engine.EngineProblem.Kind;
import io.latticeconsole.agent.engine.EngineStatistics;
import io.latticeconsole.agent.engine.ModelVersion;
import io.latticeconsole.agent.text.PrometheusText;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferRequest.InferInputTensor;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.inference.ModelMetadataResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A vLLM server. It serves what it was started with: models cannot be loaded or unloaded. Inference takes the BYTES
/// tensor `text_input` of one text and answers `text_output`, the names of Triton's vLLM backend.
public final class VllmEngine implements Engine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_TOKENS = 256;
    private static final String INPUT = "text_input";
    private static final String OUTPUT = "text_output";
    private final VllmSettings settings;
    private final BoundedHttp http;
    private final String name;
    private final VllmAnswers answers;

    public VllmEngine(VllmSettings settings) {
        this.settings = settings;
        this.http = new BoundedHttp(settings.address(), settings.callDeadline(), settings.maxAnswerBytes());
        this.name = "the engine at " + settings.address();
        this.answers = new VllmAnswers(name);
    }

    @Override
    public EngineIdentity identity() throws EngineProblem {
        String version = answers.version(body("/version", http.get("/version", settings.callDeadline())));
        return new EngineIdentity("vllm", version, List.of());
    }

    @Override
    public EngineHealth health() throws EngineProblem {
        boolean healthy = http.get("/health", settings.callDeadline()).status() == 200;
        List<String> doubts = new ArrayList<>();
        if (healthy && models().isEmpty()) {
            doubts.add(name + " says that it is healthy and serves no model");
        }
        return new EngineHealth(true, healthy, doubts);
    }

    @Override
    public List<EngineModel> models() throws EngineProblem {
        List<EngineModel> models = new ArrayList<>();
        for (String id : answers.models(body("/v1/models", http.get("/v1/models", settings.callDeadline())))) {
            models.add(new EngineModel(new ModelVersion(id, ""), EngineModel.State.READY, ""));
        }
        return models;
    }

    @Override
    public EngineStatistics statistics() throws EngineProblem {
        var scrape = PrometheusText.parse(body("/metrics", http.get("/metrics", settings.callDeadline())));
        if (scrape.names().stream().noneMatch(metric -> metric.startsWith("vllm:"))) {
            throw answers.garbage(
                    "/metrics",
                    "expected metrics named vllm:…, found " + scrape.names().size() + " others");
        }
        return VllmMetrics.of(scrape);
    }

    /// The tensors of [#infer]; the server itself has no such question.
    @Override
    public ModelMetadataResponse metadata(ModelVersion model) {
        return ModelMetadataResponse.newBuilder()
                .setName(model.name())
                .addVersions(model.version())
                .setPlatform("vllm")
                .addInputs(tensor(INPUT))
                .addOutputs(tensor(OUTPUT))
                .build();
    }

    private static ModelMetadataResponse.TensorMetadata tensor(String of) {
        return ModelMetadataResponse.TensorMetadata.newBuilder()
                .setName(of)
                .setDatatype("BYTES")
                .addShape(1)
                .build();
    }

    @Override
    public void load(ModelVersion model) throws EngineProblem {
        throw new EngineProblem(
                Kind.UNSUPPORTED, name + " cannot load " + model + ": vLLM serves the model it was started with");
    }

    @Override
    public void unload(ModelVersion model) throws EngineProblem {
        throw new EngineProblem(
                Kind.UNSUPPORTED, name + " cannot unload " + model + ": vLLM serves the model it was started with");
    }

    @Override
    public void warm(ModelVersion model, ModelInferRequest sample) throws EngineProblem {
        infer(sample.toBuilder().setModelName(model.name()).build(), settings.pauseDeadline());
    }

    @Override
    public ModelInferResponse infer(ModelInferRequest request, Duration deadline) throws EngineProblem {
        var parameters = request.getParametersMap();
        String body = JSON.createObjectNode()
                .put("model", request.getModelName())
                .put("prompt", text(request))
                .put(
                        "max_tokens",
                        parameters.containsKey("max_tokens")
                                ? parameters.get("max_tokens").getInt64Param()
                                : MAX_TOKENS)
                .toString();
        String text = answers.completion(body("/v1/completions", http.post("/v1/completions", body, deadline)));
        ModelInferResponse.Builder response = ModelInferResponse.newBuilder()
                .setModelName(request.getModelName())
                .setId(request.getId());
        response.addOutputsBuilder()
                .setName(OUTPUT)
                .setDatatype("BYTES")
                .addShape(1)
                .getContentsBuilder()
                .addBytesContents(ByteString.copyFromUtf8(text));
        return response.build();
    }

    private String text(ModelInferRequest request) throws EngineProblem {
        for (InferInputTensor input : request.getInputsList()) {
            if (input.getName().equals(INPUT) && input.getContents().getBytesContentsCount() == 1) {
                return input.getContents().getBytesContents(0).toStringUtf8();
            }
        }
        throw new EngineProblem(Kind.REFUSED, name + " takes one text in the tensor text_input of type BYTES");
    }

    /// Waits for requests in flight and keeps the cache. Without `mode` vLLM aborts them; older versions know the other
    /// parameter and ignore the first, so both are sent.
    @Override
    public void pause() throws EngineProblem {
        order("/pause?mode=wait&wait_for_inflight_requests=true&clear_cache=false", settings.pauseDeadline());
    }

    @Override
    public void resume() throws EngineProblem {
        order("/resume", settings.callDeadline());
    }

    private void order(String path, Duration deadline) throws EngineProblem {
        BoundedHttp.Answer answer = http.post(path, "", deadline);
        if (answer.status() == 404) {
            throw new EngineProblem(
                    Kind.UNSUPPORTED, name + " does not know " + path + ": vLLM serves it with VLLM_SERVER_DEV_MODE=1");
        }
        refuseUnless200(path, answer);
    }

    @Override
    public DrainEffect drainEffect() {
        return new DrainEffect("--shutdown-timeout", settings.shutdownTimeout());
    }

    private String body(String path, BoundedHttp.Answer answer) throws EngineProblem {
        refuseUnless200(path, answer);
        return answer.body();
    }

    private void refuseUnless200(String path, BoundedHttp.Answer answer) throws EngineProblem {
        if (answer.status() != 200) {
            Kind kind = answer.status() == 429 || answer.status() == 503
                    ? Kind.OVERLOADED
                    : answer.status() >= 500 ? Kind.GARBAGE : Kind.REFUSED;
            throw new EngineProblem(kind, name + ", asked for " + path + ", answered with status " + answer.status());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
