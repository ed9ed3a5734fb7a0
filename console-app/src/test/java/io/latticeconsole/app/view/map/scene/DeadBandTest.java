package io.latticeconsole.app.view.map.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.map.SeededLattice;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What trembles rests; what really changes is shown at once, and what is shown is never far off.
class DeadBandTest {
    @Test
    void aDashRestsWithinAQuarterOfItsBand() {
        assertEquals(0.5f, DeadBand.deviation(0.5f, 0.7f));
        assertEquals(0.5f, DeadBand.deviation(0.5f, 0.26f));
        assertEquals(0.76f, DeadBand.deviation(0.5f, 0.76f));
        assertEquals(1.4f, DeadBand.deviation(1.4f, 1.6f));
    }

    @Test
    void leavingTheBandShowsAtOnceAndComingBackATenthInside() {
        assertEquals(1.01f, DeadBand.deviation(0.99f, 1.01f));
        assertEquals(-0.01f, DeadBand.deviation(0.05f, -0.01f));
        assertEquals(1.01f, DeadBand.deviation(1.01f, 0.95f));
        assertEquals(0.89f, DeadBand.deviation(1.01f, 0.89f));
        assertEquals(0.11f, DeadBand.deviation(-0.01f, 0.11f));
        assertTrue(Float.isNaN(DeadBand.deviation(0.5f, Float.NaN)), "no reading is shown as none at once");
        assertEquals(0.5f, DeadBand.deviation(Float.NaN, 0.5f));
    }

    @Test
    void whatIsShownIsNeverFartherOffThanPromised() {
        Random random = new Random(5);
        float value = 0.5f;
        float shown = value;
        float rate = 100;
        float shownRate = rate;
        for (int i = 0; i < 20_000; i++) {
            value += (float) (random.nextGaussian() * 0.1) + (0.5f - value) * 0.01f;
            shown = DeadBand.deviation(shown, value);
            assertTrue(Math.abs(shown - value) < DeadBand.DASH);
            boolean out = value < 0 || value > 1;
            assertTrue(!out || shown < 0 || shown > 1, value + " is outside and shown at " + shown);
            rate *= (float) Math.exp(random.nextGaussian() * 0.2) * (rate > 2000 ? 0.8f : rate < 5 ? 1.2f : 1);
            shownRate = DeadBand.rate(shownRate, rate, 2);
            assertTrue(Math.abs(DeadBand.width(shownRate) - DeadBand.width(rate)) < DeadBand.FLOW_PIXELS);
        }
    }

    @Test
    void aTrickleDoesNotBlinkAndAWayWithoutTrafficGoes() {
        assertEquals(0, DeadBand.rate(0, 1.5f, 2));
        assertEquals(3, DeadBand.rate(0, 3, 2));
        assertEquals(3, DeadBand.rate(3, 1.2f, 2), "a way in use stays drawn while its rate trembles");
        assertEquals(0, DeadBand.rate(3, 0.05f, 2));
        assertEquals(0, DeadBand.rate(3, 0, 0), "nothing at all is no way, however little the others carry");
        assertEquals(0.4f, DeadBand.rate(0, 0.4f, DeadBand.used(5)), "little is much where nobody carries more");
        assertEquals(2, DeadBand.used(1000));
    }

    @Test
    void aFrameGoesOnFromTheOneBefore() {
        MapTopology t = SeededLattice.topology(12, 1);
        MapFrame first = frame(t, 0.5, 100, 60, null);
        MapFrame second = frame(t, 0.6, 104, 70, first);
        assertEquals(0.5f, second.deviation(0, 0));
        assertEquals(0.6f, second.value(0, 0), 1e-6, "numbers are never held back");
        assertEquals(100, second.shownRate(0));
        assertEquals(104, second.linkRate(0));
        assertEquals(60, second.shownLatency(0));
        MapFrame third = frame(t, 1.2, 700, 120, second);
        assertEquals(1.2f, third.deviation(0, 0));
        assertEquals(700, third.shownRate(0));
        assertEquals(120, third.shownLatency(0));
    }

    private static MapFrame frame(MapTopology t, double value, double rate, double ms, @Nullable MapFrame before) {
        MapFrame.Builder b =
                new MapFrame.Builder(t).mark(0, Mark.UTILIZATION, value, 0, 1).link(0, rate, ms);
        return (before == null ? b : b.after(before, t, t)).build();
    }
}
