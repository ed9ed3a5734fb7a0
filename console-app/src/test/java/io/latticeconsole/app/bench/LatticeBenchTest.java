package io.latticeconsole.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.latticeconsole.app.bench.central.CentralBench;
import io.latticeconsole.app.bench.failover.FailoverBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/// The benches that run a lattice unpaced, in small.
final class LatticeBenchTest {
    @Test
    void failoverMeetsItsFiguresOnASmallSample() throws IOException, InterruptedException {
        StringWriter text = new StringWriter();
        FailoverBench.run(new FailoverBench.Options(2, 1, 1, 0.7, 11), new PrintWriter(text));
        JsonNode figures = new ObjectMapper().readTree(text.toString());
        assertEquals("failover", figures.get("bench").asText());
        assertTrue(figures.get("load").asDouble() >= 0.699);
        assertTrue(figures.get("crash_seen_max_s").asDouble() <= 1);
        assertTrue(figures.get("silence_seen_max_s").asDouble() <= 3);
        assertTrue(figures.get("site_loss_seen_max_s").asDouble() <= 3);
        for (String kind : new String[] {"crash", "silence", "site_loss"}) {
            assertTrue(figures.get(kind + "_moved_max_s").asDouble() <= 1, kind);
            assertEquals(0, figures.get(kind + "_lost").asLong(), kind);
        }
        assertEquals(0, figures.get("ledger_unbalanced").asLong());
        assertTrue(figures.get("ledger_checks").asLong() > 500);
    }

    @Test
    void latticeAndCentralServeTheSameRequests() throws IOException, InterruptedException {
        StringWriter text = new StringWriter();
        CentralBench.run(new CentralBench.Options(24, 2, 20, null), new PrintWriter(text));
        JsonNode figures = new ObjectMapper().readTree(text.toString());
        double lattice = figures.get("lattice_requests").asDouble();
        assertEquals(lattice, figures.get("central_requests").asDouble(), 0.01 * lattice);
        assertTrue(figures.get("lattice_chat-8b_ttft_p50_ms").asDouble()
                < figures.get("central_chat-8b_ttft_p50_ms").asDouble());
        assertTrue(figures.get("lattice_lost_in_site_failure").asDouble()
                < figures.get("central_lost_in_site_failure").asDouble());
        assertTrue(figures.get("central_peak_site_watts").asDouble()
                > figures.get("lattice_peak_site_watts").asDouble());
        assertTrue(figures.has("lattice_joules_per_token_ci95"));
    }
}
