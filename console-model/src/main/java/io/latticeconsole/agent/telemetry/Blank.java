package io.latticeconsole.agent.telemetry;

/// The numbers that stand for *no number* in NVIDIA's interfaces, turned into NaN. Sources: `NVML_VALUE_NOT_AVAILABLE`
/// of nvml.h (all bits set) and the `DCGM_INT32_BLANK`, `DCGM_INT64_BLANK`, `DCGM_FP64_BLANK` ranges of dcgm_structs.h.
final class Blank {
    private static final long INT32 = 0x7ffffff0L;
    private static final long INT32_LAST = 0x7fffffffL;
    private static final long INT64 = 0x7ffffffffffffff0L;
    private static final double FP64 = 140_737_488_355_328.0;
    private static final double FP64_LAST = FP64 + 3;

    private Blank() {}

    /// An `unsigned int` of NVML.
    static double unsigned32(int bits) {
        long value = Integer.toUnsignedLong(bits);
        return bits == -1 || (value >= INT32 && value <= INT32_LAST) ? Double.NaN : value;
    }

    /// An `unsigned long long` of NVML; nothing it counts comes near half its range.
    static double unsigned64(long bits) {
        return bits < 0 || bits >= INT64 ? Double.NaN : bits;
    }

    /// A number of a DCGM exporter's text, where integers have become decimals.
    static double number(double value) {
        boolean blank = Math.abs(value) >= (double) INT64
                || (value >= FP64 && value <= FP64_LAST)
                || (value >= INT32 && value <= INT32_LAST);
        return blank ? Double.NaN : value;
    }

    /// A percentage as a ratio; beyond 100 it is no reading.
    static double percent(double value) {
        return value >= 0 && value <= 100 ? value / 100 : Double.NaN;
    }
}
