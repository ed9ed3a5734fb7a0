package io.latticeconsole.agent.telemetry;

import io.latticeconsole.agent.text.Exposition;
import io.latticeconsole.agent.text.PrometheusText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// The machine's GPUs through the page of a DCGM exporter. Its gauge of XID errors holds the last one, so the
/// same error raised twice is told once.
final class DcgmSource implements AcceleratorSource {
    private static final int MOST_BYTES = 16 << 20;

    private final URI page;
    private final Duration timeout;
    private final InstantSource clock;
    private final Consumer<TelemetryEvent> events;
    private final HttpClient client;
    private final Map<Integer, Integer> xids = new HashMap<>();

    private DcgmSource(URI page, Duration timeout, InstantSource clock, Consumer<TelemetryEvent> events) {
        this.page = page;
        this.timeout = timeout;
        this.clock = clock;
        this.events = events;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    /// Reads the page once, to see that it can be used.
    ///
    /// @throws TelemetryUnavailable if nothing answers there, or what answers is no DCGM exporter
    static DcgmSource open(URI page, Duration timeout, InstantSource clock, Consumer<TelemetryEvent> events)
            throws TelemetryUnavailable {
        DcgmSource source = new DcgmSource(page, timeout, clock, events);
        try {
            Exposition first = source.scrape();
            if (first.names().stream().noneMatch(name -> name.startsWith("DCGM_"))) {
                throw new TelemetryUnavailable(page + " is no DCGM exporter: it has no DCGM_ metrics"
                        + (first.problems().isEmpty()
                                ? ""
                                : "; " + first.problems().getFirst()));
            }
            return source;
        } catch (TelemetryUnavailable e) {
            source.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return "DCGM exporter (" + page + ")";
    }

    @Override
    public List<AcceleratorReading> read() throws TelemetryUnavailable {
        List<AcceleratorReading> readings = DcgmTable.readings(scrape());
        for (AcceleratorReading reading : readings) {
            Integer before = xids.put(reading.identity().index(), reading.lastXid());
            if (reading.lastXid() != 0 && (before == null || before != reading.lastXid())) {
                events.accept(new TelemetryEvent.XidRaised(
                        clock.instant(), reading.identity().index(), reading.lastXid()));
            }
        }
        return readings;
    }

    private Exposition scrape() throws TelemetryUnavailable {
        FutureTask<String> body = new FutureTask<>(this::fetch);
        Thread fetching = Thread.ofVirtual().name("dcgm").start(body);
        try {
            return PrometheusText.parse(body.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            fetching.interrupt();
            throw new TelemetryUnavailable(page + " did not answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String why = cause.getMessage() == null ? "nothing listens there" : cause.getMessage();
            throw new TelemetryUnavailable(page + " cannot be read: " + why, e);
        } catch (InterruptedException _) {
            fetching.interrupt();
            Thread.currentThread().interrupt();
            throw new TelemetryUnavailable("the wait for " + page + " was interrupted");
        }
    }

    private String fetch() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(page).timeout(timeout).GET().build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("it answers with status " + response.statusCode());
            }
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
