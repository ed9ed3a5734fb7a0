package io.latticeconsole.agent.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A Prometheus of this machine's own, scraping five times a second.
public final class RealPrometheus implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final int port;
    private final Process process;

    /// @param jobs the lines of `scrape_configs`
    public RealPrometheus(Path folder, String jobs) throws IOException {
        this.folder = folder;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path config = Files.writeString(
                folder.resolve("prometheus.yml"),
                "global: { scrape_interval: 200ms, scrape_timeout: 200ms }\nscrape_configs:\n" + jobs);
        try {
            process = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError("this test needs Prometheus: install it (apt-get install prometheus)", e);
        }
    }

    /// Asks until the wanted value is there, at most half a minute; what was seen last.
    public String await(String query, String wanted) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String seen = "";
        while (!seen.equals(wanted) && System.nanoTime() < until) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("prometheus ended: " + Files.readString(folder.resolve("log")));
            }
            seen = value(query);
        }
        return seen;
    }

    private String value(String query) throws InterruptedException {
        try {
            JsonObject reply = JsonParser.parseString(
                            get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                    .getAsJsonObject();
            JsonArray result = reply.getAsJsonObject("data").getAsJsonArray("result");
            return result.isEmpty()
                    ? "nothing"
                    : result.get(0)
                            .getAsJsonObject()
                            .getAsJsonArray("value")
                            .get(1)
                            .getAsString();
        } catch (IOException | IllegalStateException | JsonSyntaxException e) {
            return "not ready: " + e;
        }
    }

    /// What a page of its own says.
    public String get(String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        client.close();
    }
}
