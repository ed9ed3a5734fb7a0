package io.latticeconsole.app.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SteadyTest {
    @Test
    void noiseWithinTheBandChangesNothing() {
        Random random = new Random(7);
        Steady steady = new Steady(0.12, 1);
        double first = steady.follow(1000, 0);
        int changes = 0;
        for (int second = 1; second <= 600; second++) {
            double before = steady.shown();
            changes += steady.follow(1000 + 100 * random.nextGaussian(), second * 1000L) == before ? 0 : 1;
        }
        assertEquals(1000, first);
        assertTrue(changes <= 3, changes + " changes in ten minutes");
    }

    @Test
    void aLeapShowsAtOnceAndADriftSoon() {
        Steady steady = new Steady(0.1, 1);
        steady.follow(100, 0);
        assertEquals(300, steady.follow(300, 1_000));
        double shown = 0;
        for (int second = 2; second < 60; second++) {
            shown = steady.follow(390, second * 1000L);
        }
        assertTrue(Math.abs(shown - 390) <= 0.1 * 390, "shown is " + shown);
    }

    @Test
    void whatStandsStillIsShownAsItIs() {
        for (double end : new double[] {0, 2, 5.4}) {
            Steady steady = new Steady(0.12, 2);
            steady.follow(3.1, 0);
            double shown = Double.NaN;
            for (int second = 1; second <= 6; second++) {
                shown = steady.follow(end, second * 1000L);
            }
            assertEquals(end, shown, "a drained node has no requests, and not nearly one a second");
        }
    }

    @Test
    void arrivalsByChanceChangeLittleWhateverTheirRate() {
        Random random = new Random(8);
        for (double rate : new double[] {0.5, 3, 10, 40}) {
            Steady steady = Steady.ofRate(0.12);
            int changes = 0;
            double told = rate;
            for (int second = 0; second <= 600; second++) {
                double before = steady.shown();
                told += (poisson(rate, random) - told) / 5; // gateways tell a mean, too
                changes += steady.follow(told, second * 1000L) == before ? 0 : 1;
                assertTrue(
                        Math.abs(steady.shown() - rate) <= 0.2 * rate + 1.5 * Math.sqrt(rate),
                        steady.shown() + " for " + rate);
            }
            assertTrue(changes <= 40, changes + " changes in ten minutes of " + rate + "/s");
        }
    }

    private static int poisson(double mean, Random random) {
        int n = -1;
        for (double sum = 0; sum < mean; n++) {
            sum -= Math.log(1 - random.nextDouble());
        }
        return n;
    }

    @Test
    void aReadingThatIsMissingIsMissingAtOnceAndComesBackAtOnce() {
        Steady steady = new Steady(0.1, 1);
        steady.follow(100, 0);
        assertTrue(Double.isNaN(steady.follow(Double.NaN, 1_000)));
        assertEquals(42, steady.follow(42, 2_000));
    }

    @Test
    void onlyDigitsThatMatterAreShown() {
        assertEquals(1200, new Steady(0.12, 1).follow(1234, 0));
        assertEquals(1230, new Steady(0.02, 1).follow(1234, 0));
        assertEquals(0, new Steady(0.12, 1).follow(0, 0));
    }
}
