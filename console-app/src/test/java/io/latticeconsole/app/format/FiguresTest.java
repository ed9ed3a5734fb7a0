package io.latticeconsole.app.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Quantity;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({"0.71,71 %", "0.042,4.2 %", "0.0002,0.02 %", "0,0 %", "1,100 %", "-0.09,−9.0 %", "-0.12,−12 %"})
    void ratios(double value, String text) {
        assertEquals(text, Figures.text(new Ratio(value)));
    }

    @ParameterizedTest
    @CsvSource({"412,412 W", "1120,1.12 kW", "214000,214 kW", "1310000,1.31 MW", "999.6,1 kW", "0,0 W"})
    void power(double value, String text) {
        assertEquals(text, Figures.text(new Watts(value)));
    }

    @ParameterizedTest
    @CsvSource({"0.4,0.4 ms", "9.96,10 ms", "180,180 ms", "999.6,1.0 s", "6800,6.8 s", "31000,31 s", "720000,12 min"})
    void spans(double value, String text) {
        assertEquals(text, Figures.text(new Millis(value)));
    }

    @ParameterizedTest
    @CsvSource({"0.4,0.4/s", "312,312/s", "4212,4_212/s", "186000,186k/s", "1310000,1.31M/s"})
    void rates(double value, String text) {
        assertEquals(text.replace('_', '\u00a0'), Figures.text(new PerSecond(value)));
    }

    @Test
    void temperaturesAndCounts() {
        assertEquals("62 °C", Figures.text(new Celsius(61.7)));
        assertEquals("0 °C", Figures.text(new Celsius(-0.2)));
        assertEquals("−4 °C", Figures.text(new Celsius(-4.2)));
        assertEquals("4\u00a0212", Figures.count(4212));
        assertEquals("24 GB", Figures.bytes(24e9));
        assertEquals("1.4 TB", Figures.bytes(1.4e12));
        assertEquals("512 B", Figures.bytes(512));
    }

    @Test
    void noReadingIsADash() {
        for (Quantity none : List.of(Ratio.NONE, Celsius.NONE, Watts.NONE, Millis.NONE, PerSecond.NONE)) {
            assertEquals("–", Figures.text(none));
        }
        assertEquals("–", Figures.text(new Watts(Double.POSITIVE_INFINITY)));
        assertEquals("–", Figures.bytes(Double.NaN));
    }

    /// Seeded: whatever the size, a figure is short, and reading it back gives the value within half of its last digit.
    @Test
    void figuresAreShortAndTrue() {
        Random random = new Random(4212);
        List<DoubleFunction<Quantity>> kinds =
                List.of(Ratio::new, Celsius::new, Watts::new, Millis::new, PerSecond::new);
        double[] limits = {10, 500, 5e6, 3e6, 5e6};
        for (int i = 0; i < 20_000; i++) {
            int kind = random.nextInt(kinds.size());
            double value = limits[kind] * Math.pow(10, -6 * random.nextDouble());
            Figure figure = Figures.of(kinds.get(kind).apply(value));
            assertTrue(figure.value().length() <= 6, () -> "too long: " + figure + " for " + value);
            double factor = switch (figure.unit()) {
                case "%" -> 0.01;
                case "kW", "s", "k/s" -> 1e3;
                case "MW", "M/s" -> 1e6;
                case "min" -> 6e4;
                default -> 1;
            };
            double read = Double.parseDouble(figure.value().replace("\u00a0", "")) * factor;
            assertTrue(Math.abs(read - value) <= Math.max(0.06 * value, 0.51 * factor), () -> figure + " for " + value);
        }
    }

    @ParameterizedTest
    @CsvSource({"400,0.4 s", "9960,10 s", "12000,12 s", "130000,2 min", "7200000,2 h", "172800000,2 d", "-50,0.0 s"})
    void ages(long millis, String text) {
        assertEquals(text, Times.age(Duration.ofMillis(millis)));
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertEquals(text, Times.age(now.minusMillis(millis), now));
    }

    @Test
    void neverHeardHasNoAge() {
        assertEquals("–", Times.age(null, Instant.EPOCH));
        assertEquals("14:07:32", Times.utc(Instant.parse("2026-03-01T14:07:32.9Z")));
    }
}
