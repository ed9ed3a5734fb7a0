package io.latticeconsole.app.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// The figures of one measurement, in the order they were put, as one JSON line. Numbers are rounded to four
/// significant digits; NaN is printed as null.
public final class Figures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> values = new LinkedHashMap<>();

    public Figures(String bench) {
        values.put("bench", bench);
    }

    public Figures put(String name, double value) {
        values.put(name, Double.isFinite(value) ? rounded(value) : "null");
        return this;
    }

    public Figures put(String name, long value) {
        values.put(name, value);
        return this;
    }

    public Figures put(String name, String value) {
        values.put(name, value);
        return this;
    }

    /// What the figures depend on besides the code: cores, load, Java.
    public Figures putMachine() {
        put("cores", Runtime.getRuntime().availableProcessors());
        put("load_average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        return put("java", Runtime.version().toString());
    }

    /// The line, without its end.
    public String line() {
        try {
            return JSON.writeValueAsString(values).replace("\"null\"", "null");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("figures are text and numbers only", e);
        }
    }

    /// The value below which a share q of the sample lies (nearest rank); NaN for an empty sample.
    public static double quantile(double[] sample, double q) {
        if (sample.length == 0) {
            return Double.NaN;
        }
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return sorted[Math.clamp((int) Math.ceil(q * sorted.length) - 1, 0, sorted.length - 1)];
    }

    public static double median(double[] sample) {
        return quantile(sample, 0.5);
    }

    private static Object rounded(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return (long) value;
        }
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .doubleValue();
    }
}
