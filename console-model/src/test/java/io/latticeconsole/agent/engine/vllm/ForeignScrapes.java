package io.latticeconsole.agent.engine.vllm;

import io.latticeconsole.agent.text.PrometheusText;

/// Reads what a vLLM server says of itself.
public final class ForeignScrapes {
    private ForeignScrapes() {}

    public static void read(String page) {
        VllmMetrics.of(PrometheusText.parse(page));
    }
}
