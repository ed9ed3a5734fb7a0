package io.latticeconsole.agent.telemetry;

import io.latticeconsole.agent.text.Exposition;
import io.latticeconsole.agent.text.MetricSample;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The page of a DCGM exporter as readings. A GPU is what its `gpu` label says; where the exporter repeats a GPU for
/// each pod on it, the largest value counts; values of MIG instances are left out. Source of names and units: the
/// exporter's default-counters.csv.
final class DcgmTable {
    private static final double MIB = 1024 * 1024;
    private static final int MOST_GPUS = 1024;

    private final Exposition page;
    private final Map<String, String> gpu;

    private DcgmTable(Exposition page, String gpu) {
        this.page = page;
        this.gpu = Map.of("gpu", gpu);
    }

    static List<AcceleratorReading> readings(Exposition page) {
        Map<Integer, MetricSample> gpus = new TreeMap<>();
        for (String name : page.names()) {
            if (name.startsWith("DCGM_")) {
                page.samples(name)
                        .forEach(sample -> sample.label("gpu")
                                .filter(text -> text.matches("\\d{1,4}"))
                                .map(Integer::valueOf)
                                .filter(index -> index < MOST_GPUS)
                                .ifPresent(index -> gpus.putIfAbsent(index, sample)));
            }
        }
        List<AcceleratorReading> readings = new ArrayList<>();
        gpus.forEach((index, sample) ->
                readings.add(new DcgmTable(page, sample.labels().getOrDefault("gpu", "")).reading(index, sample)));
        return readings;
    }

    private AcceleratorReading reading(int index, MetricSample sample) {
        double used = value("DCGM_FI_DEV_FB_USED");
        double total = used + value("DCGM_FI_DEV_FB_FREE") + orZero(value("DCGM_FI_DEV_FB_RESERVED"));
        boolean partitioned = page.samples("DCGM_FI_DEV_GPU_TEMP").stream()
                .anyMatch(s -> s.matches(gpu) && s.label("GPU_I_ID").isPresent());
        AcceleratorIdentity identity = new AcceleratorIdentity(
                index,
                sample.label("UUID").orElse(""),
                sample.label("modelName").orElse(""),
                total * MIB,
                new Watts(value("DCGM_FI_DEV_POWER_MGMT_LIMIT")),
                Celsius.NONE,
                partitioned);
        double xid = value("DCGM_FI_DEV_XID_ERRORS");
        return new AcceleratorReading(
                identity,
                AcceleratorCondition.ANSWERING,
                xid > 0 && xid < 100_000 ? (int) xid : 0,
                new Ratio(Blank.percent(value("DCGM_FI_DEV_GPU_UTIL"))),
                new Celsius(value("DCGM_FI_DEV_GPU_TEMP")),
                new Watts(value("DCGM_FI_DEV_POWER_USAGE")),
                used * MIB,
                new Clocks(value("DCGM_FI_DEV_SM_CLOCK"), value("DCGM_FI_DEV_MEM_CLOCK")),
                new EccErrors(value("DCGM_FI_DEV_ECC_SBE_VOL_TOTAL"), value("DCGM_FI_DEV_ECC_DBE_VOL_TOTAL")),
                throttling());
    }

    private Set<ThrottleReason> throttling() {
        double mask = value("DCGM_FI_DEV_CLOCK_THROTTLE_REASONS");
        return mask >= 0 ? ThrottleReason.of((long) mask) : Set.of();
    }

    private double value(String name) {
        return page.samples(name).stream()
                .filter(sample ->
                        sample.matches(gpu) && sample.label("GPU_I_ID").isEmpty())
                .mapToDouble(sample -> Blank.number(sample.value()))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NaN);
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }
}
