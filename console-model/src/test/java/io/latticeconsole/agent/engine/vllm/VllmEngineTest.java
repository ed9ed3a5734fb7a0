package io.latticeconsole.agent.engine.vllm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.engine.EngineProblem.Kind;
import io.latticeconsole.agent.engine.EngineStatistics;
import io.latticeconsole.agent.engine.ModelVersion;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelMetadataResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The client against a real HTTP server that answers as vLLM of two versions does, or as nothing should.
class VllmEngineTest {
    /// The shape of vLLM 0.9 and later: `engine` labels, two engines of one server.
    private static final String NEWER = """
        # HELP vllm:num_requests_running Number of requests in model execution batches.
        # TYPE vllm:num_requests_running gauge
        vllm:num_requests_running{engine="0",model_name="llama"} 3.0
        vllm:num_requests_running{engine="1",model_name="llama"} 2.0
        vllm:num_requests_waiting{engine="0",model_name="llama"} 1.0
        vllm:num_requests_waiting{engine="1",model_name="llama"} 0.0
        # HELP vllm:kv_cache_usage_perc KV-cache usage. 1 means 100 percent usage.
        # TYPE vllm:kv_cache_usage_perc gauge
        vllm:kv_cache_usage_perc{engine="0",model_name="llama"} 0.25
        vllm:kv_cache_usage_perc{engine="1",model_name="llama"} 0.75
        # TYPE vllm:request_success_total counter
        vllm:request_success_total{engine="0",finished_reason="stop",model_name="llama"} 10.0
        vllm:request_success_total{engine="0",finished_reason="length",model_name="llama"} 5.0
        vllm:request_success_total{engine="0",finished_reason="abort",model_name="llama"} 2.0
        # TYPE vllm:time_to_first_token_seconds histogram
        vllm:time_to_first_token_seconds_bucket{engine="0",le="0.1",model_name="llama"} 8.0
        vllm:time_to_first_token_seconds_bucket{engine="0",le="+Inf",model_name="llama"} 17.0
        vllm:time_to_first_token_seconds_sum{engine="0",model_name="llama"} 2.5
        vllm:e2e_request_latency_seconds_bucket{engine="0",le="+Inf",model_name="llama"} 17.0
        vllm:e2e_request_latency_seconds_sum{engine="0",model_name="llama"} 4.5
        vllm:request_queue_time_seconds_sum{engine="0",model_name="llama"} 0.5
        """;

    /// The shape of vLLM 0.5: no `engine` label, the older name of the cache's usage.
    private static final String OLDER = """
        # TYPE vllm:num_requests_running gauge
        vllm:num_requests_running{model_name="opt"} 4.0
        vllm:num_requests_waiting{model_name="opt"} 7.0
        vllm:gpu_cache_usage_perc{model_name="opt"} 0.5
        vllm:time_per_output_token_seconds_bucket{le="+Inf",model_name="opt"} 9.0
        vllm:request_success_total{finished_reason="stop",model_name="opt"} 6.0
        """;

    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final HttpServer server;
    private final VllmEngine engine;

    private record Reply(int status, String body) {}

    VllmEngineTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestURI().toString());
            Reply reply = replies.getOrDefault(path, new Reply(404, "no"));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
                if (reply.body().equals("drip")) {
                    out.flush();
                    over.await();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        engine = new VllmEngine(
                new VllmSettings(address, Duration.ofSeconds(2), Duration.ofSeconds(5), 1 << 20, Duration.ZERO));
    }

    @AfterEach
    void stop() {
        over.countDown();
        engine.close();
        server.stop(0);
    }

    @Test
    void aNewerVersionsScrapeIsUnderstood() throws EngineProblem {
        replies.put("/metrics", new Reply(200, NEWER));
        EngineStatistics now = engine.statistics();
        assertEquals(OptionalDouble.of(5), now.running());
        assertEquals(OptionalDouble.of(1), now.waiting());
        assertEquals(0.75, now.kvCacheUsage().value());
        assertEquals(1, now.models().size());
        assertEquals(OptionalLong.of(15), now.models().getFirst().succeeded());
        assertEquals(OptionalLong.of(2), now.models().getFirst().failed());
        assertEquals(OptionalLong.of(4_500_000_000L), now.models().getFirst().totalNanos());
        assertEquals(OptionalLong.of(500_000_000L), now.models().getFirst().queueNanos());
        assertEquals(OptionalLong.empty(), now.models().getFirst().computeNanos());
        assertEquals(17, now.timeToFirstToken().orElseThrow().count());
        assertTrue(now.timePerOutputToken().isEmpty());
        assertEquals(List.of(), now.doubts());
    }

    @Test
    void anOlderVersionsScrapeIsUnderstood() throws EngineProblem {
        replies.put("/metrics", new Reply(200, OLDER));
        EngineStatistics now = engine.statistics();
        assertEquals(OptionalDouble.of(7), now.waiting());
        assertEquals(0.5, now.kvCacheUsage().value());
        assertEquals(9, now.timePerOutputToken().orElseThrow().count());
        assertEquals(new ModelVersion("opt", ""), now.models().getFirst().model());
    }

    @Test
    void whatIsNoFractionIsNoReadingAndDoubted() throws EngineProblem {
        replies.put(
                "/metrics",
                new Reply(200, OLDER.replace("perc{model_name=\"opt\"} 0.5", "perc{model_name=\"opt\"} 50")));
        EngineStatistics now = engine.statistics();
        assertTrue(Double.isNaN(now.kvCacheUsage().value()));
        assertEquals(1, now.doubts().size());
        assertEquals(OptionalDouble.of(4), now.running());
    }

    @Test
    void rubbishIsAProblemWhateverItIs() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder(round % 2 == 0 ? NEWER : OLDER);
            for (int edit = 0; edit < 1 + round; edit++) {
                text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(95)));
            }
            replies.put("/metrics", new Reply(200, text.toString()));
            try {
                EngineStatistics now = engine.statistics();
                double usage = now.kvCacheUsage().value();
                assertTrue(Double.isNaN(usage) || (usage >= 0 && usage <= 1), text::toString);
            } catch (EngineProblem problem) {
                assertEquals(Kind.GARBAGE, problem.kind());
            }
        }
        replies.put("/metrics", new Reply(200, "<html>it works</html>"));
        assertProblem(Kind.GARBAGE, engine::statistics);
        replies.put("/v1/models", new Reply(200, "{\"data\": 7}"));
        assertProblem(Kind.GARBAGE, engine::models);
        replies.put("/v1/models", new Reply(200, "{"));
        assertProblem(Kind.GARBAGE, engine::models);
    }

    @Test
    void hugeDrippingAndAbsentAnswersEndByTheirLimits() {
        replies.put("/metrics", new Reply(200, "x".repeat(2 << 20)));
        assertProblem(Kind.OVERSIZED, engine::statistics);
        replies.put("/metrics", new Reply(200, "drip"));
        assertProblem(Kind.TIMED_OUT, engine::statistics);
        replies.put("/metrics", new Reply(503, ""));
        assertProblem(Kind.OVERLOADED, engine::statistics);
        server.stop(0);
        assertProblem(Kind.UNREACHABLE, engine::statistics);
    }

    @Test
    void healthWithoutAModelIsDoubted() throws EngineProblem {
        replies.put("/health", new Reply(200, ""));
        replies.put("/v1/models", new Reply(200, "{\"data\": []}"));
        assertFalse(engine.health().servesTraffic());
        replies.put("/v1/models", new Reply(200, "{\"data\": [{\"id\": \"llama\"}]}"));
        assertTrue(engine.health().servesTraffic());
        replies.put("/health", new Reply(503, ""));
        assertFalse(engine.health().ready());
    }

    @Test
    void aPauseWaitsForWhatIsInFlightInEveryVersion() throws EngineProblem {
        assertProblem(Kind.UNSUPPORTED, engine::pause);
        replies.put("/pause", new Reply(200, "{}"));
        replies.put("/resume", new Reply(200, "{}"));
        engine.pause();
        engine.resume();
        assertTrue(asked.contains("/pause?mode=wait&wait_for_inflight_requests=true&clear_cache=false"));
        assertTrue(engine.drainEffect().abortsAtOnce());
    }

    @Test
    void aTextIsAnsweredByAText() throws EngineProblem {
        replies.put("/v1/completions", new Reply(200, "{\"choices\": [{\"text\": \"four\"}]}"));
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("llama");
        request.addInputsBuilder()
                .setName("text_input")
                .setDatatype("BYTES")
                .addShape(1)
                .getContentsBuilder()
                .addBytesContents(ByteString.copyFromUtf8("two and two"));
        assertEquals(
                "four",
                engine.begin(request.build(), Duration.ofSeconds(5))
                        .join()
                        .getOutputs(0)
                        .getContents()
                        .getBytesContents(0)
                        .toStringUtf8());
        replies.put("/v1/completions", new Reply(200, "{\"choices\": []}"));
        ModelMetadataResponse tensors = engine.metadata(new ModelVersion("llama", ""));
        assertEquals(request.getInputs(0).getName(), tensors.getInputs(0).getName());
        assertEquals("text_output", tensors.getOutputs(0).getName());
        assertProblem(Kind.GARBAGE, () -> engine.infer(request.build(), Duration.ofSeconds(5)));
        assertProblem(Kind.REFUSED, () -> engine.infer(ModelInferRequest.getDefaultInstance(), Duration.ofSeconds(5)));
        assertProblem(Kind.UNSUPPORTED, () -> engine.load(new ModelVersion("llama", "2")));
    }

    private interface Ask {
        void now() throws EngineProblem;
    }

    private static void assertProblem(Kind kind, Ask ask) {
        EngineProblem problem = assertThrows(EngineProblem.class, ask::now);
        assertEquals(kind, problem.kind(), problem.getMessage());
        assertTrue(String.valueOf(problem.getMessage()).startsWith("the engine at http://127.0.0.1:"));
    }
}
