package io.latticeconsole.drill.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.drill.world.Aurora;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TraceTest {
    private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";

    @Test
    void readsTheAzureForm() {
        Trace trace = Trace.parse(
                "t",
                List.of(
                        HEADER,
                        "2023-11-16 18:15:46.6805900,374,44",
                        "2023-11-16 18:15:50.9951690,396,109",
                        "2023-11-16 18:15:51,879,55"));
        assertEquals(3, trace.size());
        assertEquals(396, trace.contextTokens(1));
        assertEquals(55, trace.generatedTokens(2));
        assertEquals(4.314579, trace.gapSeconds(0), 1e-6);
        assertEquals(2 / 4.31941, trace.meanRate(), 1e-4);
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        refused("line 1: expected the header", "time,a,b", "x");
        refused("line 3: expected three fields", HEADER, "2023-11-16 18:15:46,1,2", "2023-11-16 18:15:4");
        refused("line 2: expected a time such as", HEADER, "yesterday,1,2", "2023-11-16 18:15:47,1,2");
        refused(
                "line 3: expected a whole number of GeneratedTokens",
                HEADER,
                "2023-11-16 18:15:46,1,2",
                "2023-11-16 18:15:47,1,-2");
        refused("line 3: expected a time not before", HEADER, "2023-11-16 18:15:46,1,2", "2023-11-16 18:15:45,1,2");
        refused("line 2: expected at least two requests", HEADER);
    }

    private static void refused(String words, String... lines) {
        var e = assertThrows(IllegalArgumentException.class, () -> Trace.parse("azure.csv", List.of(lines)));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("azure.csv, " + words), message);
    }

    @Test
    void drivesALatticeAtTheRateAskedFor() {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int i = 0; i < 500; i++) {
            lines.add(String.format("2023-11-16 18:%02d:%02d.0000000,%d,%d", i / 60, i % 60, 300 + i, 20 + i % 40));
        }
        var world = Aurora.generate(40, 2).atRate(40);
        Simulation sim = new Simulation(TestLattice.options(world).withTrace(Trace.parse("t", lines)));
        sim.runUntil(60_000_000_000L);
        long arrived = 0;
        long lost = 0;
        for (int r = 0; r < 5; r++) {
            arrived += sim.gateway(r).ledger().arrived();
            lost += sim.gateway(r).ledger().lost();
        }
        assertTrue(arrived > 1_800 && arrived < 3_000, "2,400 by day's mean: " + arrived);
        assertEquals(0, lost);
    }
}
