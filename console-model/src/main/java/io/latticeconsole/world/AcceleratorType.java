package io.latticeconsole.world;

import io.latticeconsole.unit.Watts;

/// A GPU product with its limits and speed.
///
/// Speed is relative to an A100 80 GB: *prefill* and *decode* are factors on its time. Sources: per-layer times
/// of L4 and A100 for Llama-2-70B from Helix (ASPLOS 2025, 36 against 7 ms for 1,000 prompt tokens, 6.9 against
/// 1.4 ms per decode step); H100 against A100 from Splitwise (ISCA 2024, 106 against 230 ms for 1,024 tokens
/// and 29 against 45 ms per token at tensor parallel 4); A10, L40S and B200 by the ratio of memory bandwidth
/// and dense FP16 rate in their data sheets.
public enum AcceleratorType {
    L4("NVIDIA L4", 24e9, 72, 16, 5.1, 4.9, 3.2),
    A10("NVIDIA A10", 24e9, 150, 22, 2.6, 3.4, 3.0),
    L40S("NVIDIA L40S", 48e9, 350, 38, 1.3, 2.4, 2.0),
    A100("NVIDIA A100 80GB", 80e9, 400, 58, 1.0, 1.0, 1.0),
    H100("NVIDIA H100 80GB", 80e9, 700, 75, 0.5, 0.65, 0.75),
    B200("NVIDIA B200 180GB", 180e9, 1000, 140, 0.27, 0.42, 0.45);

    private final String product;
    private final double memoryBytes;
    private final double tdpWatts;
    private final double idleWatts;
    private final double prefillFactor;
    private final double decodeFactor;
    private final double sequenceFactor;

    AcceleratorType(
            String product,
            double memoryBytes,
            double tdpWatts,
            double idleWatts,
            double prefillFactor,
            double decodeFactor,
            double sequenceFactor) {
        this.product = product;
        this.memoryBytes = memoryBytes;
        this.tdpWatts = tdpWatts;
        this.idleWatts = idleWatts;
        this.prefillFactor = prefillFactor;
        this.decodeFactor = decodeFactor;
        this.sequenceFactor = sequenceFactor;
    }

    public String product() {
        return product;
    }

    public double memoryBytes() {
        return memoryBytes;
    }

    public Watts tdp() {
        return new Watts(tdpWatts);
    }

    public double tdpWatts() {
        return tdpWatts;
    }

    public double idleWatts() {
        return idleWatts;
    }

    double prefillFactor() {
        return prefillFactor;
    }

    double decodeFactor() {
        return decodeFactor;
    }

    double sequenceFactor() {
        return sequenceFactor;
    }
}
