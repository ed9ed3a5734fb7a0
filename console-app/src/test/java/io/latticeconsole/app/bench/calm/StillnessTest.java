package io.latticeconsole.app.bench.calm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A window of 10 by 10 pixels: the map its left half, a clock of 2 pixels in the right one.
class StillnessTest {
    private final Stillness stillness =
            new Stillness(10, 10, new Stillness.Box(0, 0, 5, 10), List.of(new Stillness.Box(8, 0, 2, 1)));

    private static int[] grey() {
        int[] rgb = new int[100];
        Arrays.fill(rgb, 0xFF1F2327);
        return rgb;
    }

    @Test
    void pixelsAreCountedWhereTheyAreAndClocksNowhere() {
        stillness.add(grey());
        int[] next = grey();
        next[0] = 0xFFFFFFFF;
        next[9] = 0xFFFFFFFF;
        next[16] = 0xFFFFFFFF;
        next[17] = 0xFFFFFFFF;
        stillness.add(next);
        stillness.add(next.clone());
        assertEquals(1.5 / 98, stillness.changed(), 1e-12);
        assertEquals(0.5 / 50, stillness.changedInMap(), 1e-12);
        assertEquals(1.0 / 48, stillness.changedInPanes(), 1e-12);
    }

    @Test
    void coloursAreNoGrey() {
        int[] rgb = grey();
        Arrays.fill(rgb, 0, 25, 0xFFF04259);
        stillness.add(rgb);
        assertEquals(0.75, stillness.grey(), 1e-12);
        assertTrue(Double.isNaN(stillness.changed()), "one picture tells nothing of change");
    }

    @Test
    void anotherSizeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> stillness.add(new int[99]));
    }
}
