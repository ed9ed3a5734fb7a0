package io.latticeconsole.agent.engine.vllm;

import io.latticeconsole.agent.engine.EngineStatistics;
import io.latticeconsole.agent.engine.ModelCounts;
import io.latticeconsole.agent.engine.ModelVersion;
import io.latticeconsole.agent.text.Exposition;
import io.latticeconsole.agent.text.MetricSample;
import io.latticeconsole.unit.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// What a scrape of vLLM means. Names that newer versions gave up are read where the newer ones are missing.
///
/// Source: https://docs.vllm.ai/en/stable/usage/metrics/
final class VllmMetrics {
    private static final double NANOS = 1e9;
    private static final String SUCCESS = "vllm:request_success_total";

    private VllmMetrics() {}

    static EngineStatistics of(Exposition scrape) {
        List<String> doubts = new ArrayList<>();
        scrape.problems().forEach(problem -> doubts.add(problem.toString()));
        List<ModelCounts> models = new ArrayList<>();
        for (String model : models(scrape)) {
            models.add(counts(scrape, model));
        }
        return new EngineStatistics(
                models,
                count(scrape, "vllm:num_requests_running", doubts),
                count(scrape, "vllm:num_requests_waiting", doubts),
                cacheUsage(scrape, doubts),
                scrape.histogram("vllm:time_to_first_token_seconds", Map.of()),
                scrape.histogram("vllm:inter_token_latency_seconds", Map.of())
                        .or(() -> scrape.histogram("vllm:time_per_output_token_seconds", Map.of())),
                scrape.histogram("vllm:e2e_request_latency_seconds", Map.of()),
                doubts);
    }

    private static Set<String> names(List<MetricSample> samples) {
        Set<String> names = new TreeSet<>();
        samples.forEach(sample -> sample.label("model_name").ifPresent(names::add));
        return names;
    }

    private static List<String> models(Exposition scrape) {
        Set<String> names = names(scrape.samples(SUCCESS));
        names.addAll(names(scrape.samples("vllm:num_requests_running")));
        return List.copyOf(names);
    }

    /// A request that ended by `abort` or `error` is no success, although the counter's name says so.
    private static ModelCounts counts(Exposition scrape, String model) {
        Map<String, String> labels = Map.of("model_name", model);
        OptionalDouble all = scrape.sum(SUCCESS, labels);
        double lost = scrape.sum(SUCCESS, Map.of("model_name", model, "finished_reason", "abort"))
                        .orElse(0)
                + scrape.sum(SUCCESS, Map.of("model_name", model, "finished_reason", "error"))
                        .orElse(0);
        return new ModelCounts(
                new ModelVersion(model, ""),
                all.isPresent() ? OptionalLong.of(Math.round(all.getAsDouble() - lost)) : OptionalLong.empty(),
                all.isPresent() ? OptionalLong.of(Math.round(lost)) : OptionalLong.empty(),
                nanos(scrape, "vllm:e2e_request_latency_seconds", labels),
                nanos(scrape, "vllm:request_queue_time_seconds", labels),
                nanos(scrape, "vllm:request_inference_time_seconds", labels));
    }

    private static OptionalLong nanos(Exposition scrape, String family, Map<String, String> labels) {
        OptionalDouble seconds = scrape.sum(family + "_sum", labels);
        return seconds.isPresent() ? OptionalLong.of(Math.round(seconds.getAsDouble() * NANOS)) : OptionalLong.empty();
    }

    private static OptionalDouble count(Exposition scrape, String name, List<String> doubts) {
        OptionalDouble value = scrape.sum(name, Map.of());
        if (value.isPresent() && !(value.getAsDouble() >= 0 && value.getAsDouble() < Integer.MAX_VALUE)) {
            doubts.add(name + " is " + value.getAsDouble() + ", expected a number of requests");
            return OptionalDouble.empty();
        }
        return value;
    }

    /// The fullest of the server's engines: there, requests are turned away first.
    private static Ratio cacheUsage(Exposition scrape, List<String> doubts) {
        String name = Optional.of("vllm:kv_cache_usage_perc")
                .filter(newer -> !scrape.samples(newer).isEmpty())
                .orElse("vllm:gpu_cache_usage_perc");
        OptionalDouble usage = scrape.max(name, Map.of());
        if (usage.isPresent() && !(usage.getAsDouble() >= 0 && usage.getAsDouble() <= 1)) {
            doubts.add(name + " is " + usage.getAsDouble() + ", expected a fraction from 0 to 1");
            return Ratio.NONE;
        }
        return usage.isPresent() ? new Ratio(usage.getAsDouble()) : Ratio.NONE;
    }
}
