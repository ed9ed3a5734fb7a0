package io.latticeconsole.app.bench.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FeedBenchTest {
    @Test
    void printsOneLineWithFiguresThatWereMeasured() throws Exception {
        StringWriter text = new StringWriter();
        Duration brief = Duration.ofMillis(300);
        FeedBench.run(100, new FeedBench.Spans(brief, Duration.ofSeconds(2), brief), new PrintWriter(text));
        assertEquals(1, text.toString().lines().count());
        JsonNode figures = new ObjectMapper().readTree(text.toString());
        assertEquals("feed", figures.get("bench").asText());
        assertEquals(100, figures.get("nodes").asInt());
        assertTrue(figures.get("cpu_cores").asDouble() > 0);
        assertTrue(figures.get("rows_per_second_at_1_hz").asDouble() > 0);
        assertTrue(figures.get("rows_per_second").asDouble() > 1_000);
        assertTrue(figures.get("ratio_to_bare_stream").asDouble() > 0);
    }
}
