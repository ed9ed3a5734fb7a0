package io.latticeconsole.agent.engine.vllm;

import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.engine.EngineProblem.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Requests to one server whose answers end by a deadline and by a size, body included.
final class BoundedHttp implements AutoCloseable {
    private final HttpClient client;
    private final URI base;
    private final int maxBytes;

    /// A complete answer.
    record Answer(int status, String body) {}

    BoundedHttp(URI base, Duration connect, int maxBytes) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connect)
                .build();
        this.base = base;
        this.maxBytes = maxBytes;
    }

    Answer get(String path, Duration deadline) throws EngineProblem {
        return send(path, HttpRequest.newBuilder(base.resolve(path)).GET(), deadline);
    }

    Answer post(String path, String json, Duration deadline) throws EngineProblem {
        return send(
                path,
                HttpRequest.newBuilder(base.resolve(path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)),
                deadline);
    }

    private Answer send(String path, HttpRequest.Builder request, Duration deadline) throws EngineProblem {
        String asked = "the engine at " + base + ", asked for " + path + ", ";
        // The client's own time-out ends with the head of the answer; a body may drip for ever.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
        try {
            HttpResponse<byte[]> whole = answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(whole.statusCode(), new String(whole.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException late) {
            throw new EngineProblem(
                    Kind.TIMED_OUT, asked + "did not answer within " + deadline.toMillis() + " ms", late);
        } catch (ExecutionException failed) {
            throw problem(asked, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineProblem(Kind.TIMED_OUT, asked + "was not waited for", interrupted);
        } finally {
            answer.cancel(true);
        }
    }

    private EngineProblem problem(String asked, ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof IOException && String.valueOf(cause.getMessage()).contains("capacity")) {
            return new EngineProblem(Kind.OVERSIZED, asked + "answered more than " + maxBytes + " bytes", failed);
        }
        return cause instanceof java.net.ConnectException
                ? new EngineProblem(Kind.UNREACHABLE, asked + "could not be reached", failed)
                : new EngineProblem(Kind.GARBAGE, asked + "broke off: " + cause, failed);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
