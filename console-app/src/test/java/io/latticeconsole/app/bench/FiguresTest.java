package io.latticeconsole.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void oneLineWithoutInventedReadings() {
        String line = new Figures("map")
                .put("fps", 59.93712)
                .put("nodes", 10_000)
                .put("gpu", Double.NaN)
                .line();
        assertEquals("{\"bench\":\"map\",\"fps\":59.94,\"nodes\":10000,\"gpu\":null}", line);
    }

    @Test
    void quantilesAreOfTheSample() {
        double[] sample = {5, 1, 4, 2, 3};
        assertEquals(3, Figures.median(sample));
        assertEquals(5, Figures.quantile(sample, 0.99));
        assertEquals(1, Figures.quantile(sample, 0));
        assertTrue(Double.isNaN(Figures.median(new double[0])));
    }
}
