package io.latticeconsole.agent.engine.vllm;

import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.text.PrometheusText;
import java.util.List;

/// Reads what a vLLM server says of itself.
public final class ForeignScrapes {
    private ForeignScrapes() {}

    public static void read(String page) {
        VllmMetrics.of(PrometheusText.parse(page));
    }

    /// As the answer to each question that it is asked.
    public static void answer(String body) {
        VllmAnswers answers = new VllmAnswers("the engine");
        for (Reader reader : List.<Reader>of(answers::version, answers::models, answers::completion)) {
            try {
                reader.read(body);
            } catch (EngineProblem expected) {
                // said what is wrong
            }
        }
    }

    private interface Reader {
        Object read(String body) throws EngineProblem;
    }
}
