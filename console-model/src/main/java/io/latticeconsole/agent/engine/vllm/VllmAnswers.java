package io.latticeconsole.agent.engine.vllm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.latticeconsole.agent.engine.EngineProblem;
import java.util.ArrayList;
import java.util.List;

/// Reads the JSON that a vLLM server answers; what it does not understand is GARBAGE.
///
/// @param engine what a sentence calls the server
record VllmAnswers(String engine) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Empty if it does not say.
    String version(String body) throws EngineProblem {
        JsonNode version = read("/version", body).path("version");
        return version.isTextual() ? version.asText() : "";
    }

    /// The names of the models that it serves.
    List<String> models(String body) throws EngineProblem {
        JsonNode data = read("/v1/models", body).path("data");
        if (!data.isArray()) {
            throw garbage("/v1/models", "expected a list named data");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode model : data) {
            JsonNode id = model.path("id");
            if (!id.isTextual() || id.asText().isEmpty()) {
                throw garbage("/v1/models", "expected models that are named by their id");
            }
            names.add(id.asText());
        }
        return names;
    }

    String completion(String body) throws EngineProblem {
        JsonNode text = read("/v1/completions", body).path("choices").path(0).path("text");
        if (!text.isTextual()) {
            throw garbage("/v1/completions", "expected choices[0].text");
        }
        return text.asText();
    }

    private JsonNode read(String path, String body) throws EngineProblem {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException bad) {
            throw garbage(path, "expected JSON: " + bad.getOriginalMessage());
        }
    }

    EngineProblem garbage(String path, String what) {
        return new EngineProblem(
                EngineProblem.Kind.GARBAGE, engine + ", asked for " + path + ", answered nonsense: " + what);
    }
}
