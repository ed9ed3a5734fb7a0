package io.latticeconsole.world;

import io.latticeconsole.unit.Watts;

/// A product that models run on, with its limits and speed. `mostBillions` are the parameters of the largest model
/// whose step time leaves room under an objective; `wholeFrom` is how many of them a model of 60 billion and more
/// takes.
///
/// Speed is relative to an A100 80 GB: *prefill* and *decode* are factors on its time. Sources: per-layer times
/// of L4 and A100 for Llama-2-70B from Helix (ASPLOS 2025, 36 against 7 ms for 1,000 prompt tokens, 6.9 against
/// 1.4 ms per decode step); H100 against A100 from Splitwise (ISCA 2024, 106 against 230 ms for 1,024 tokens
/// and 29 against 45 ms per token at tensor parallel 4); A10, L40S and B200 by the ratio of memory bandwidth
/// and dense FP16 rate in their data sheets.
public record AcceleratorType(
        String name,
        String product,
        double memoryBytes,
        double tdpWatts,
        double idleWatts,
        double mostBillions,
        int wholeFrom,
        double prefillFactor,
        double decodeFactor,
        double sequenceFactor) {
    private static final double ANY = Double.POSITIVE_INFINITY;

    public static final AcceleratorType L4 = new AcceleratorType("L4", "NVIDIA L4", 24e9, 72, 16, 3, 4, 5.1, 4.9, 3.2);
    public static final AcceleratorType A10 =
            new AcceleratorType("A10", "NVIDIA A10", 24e9, 150, 22, 8, 4, 2.6, 3.4, 3.0);
    public static final AcceleratorType L40S =
            new AcceleratorType("L40S", "NVIDIA L40S", 48e9, 350, 38, 13, 4, 1.3, 2.4, 2.0);
    public static final AcceleratorType A100 =
            new AcceleratorType("A100", "NVIDIA A100 80GB", 80e9, 400, 58, ANY, 4, 1.0, 1.0, 1.0);
    public static final AcceleratorType H100 =
            new AcceleratorType("H100", "NVIDIA H100 80GB", 80e9, 700, 75, ANY, 4, 0.5, 0.65, 0.75);
    public static final AcceleratorType B200 =
            new AcceleratorType("B200", "NVIDIA B200 180GB", 180e9, 1000, 140, ANY, 2, 0.27, 0.42, 0.45);

    private static final double IDLE_SHARE = 0.12;

    /// A product known by what its machine tells. How fast it is says each model's own measured time.
    ///
    /// @param powerLimit NaN where it is not known
    public static AcceleratorType measured(String product, double memoryBytes, double powerLimit) {
        return new AcceleratorType(
                product, product, memoryBytes, powerLimit, IDLE_SHARE * powerLimit, ANY, 1, 1.0, 1.0, 1.0);
    }

    public Watts tdp() {
        return new Watts(tdpWatts);
    }

    /// Whether its power is known, and with it what heat and energy are to be expected of it.
    public boolean hasPower() {
        return !Double.isNaN(tdpWatts);
    }
}
