package io.latticeconsole.agent.telemetry;

/// How an accelerator answers.
public enum AcceleratorCondition {
    /// It answers.
    ANSWERING,
    /// It has fallen off the bus or cannot be reached otherwise: NVML's GPU_IS_LOST.
    LOST,
    /// It answers nothing until it is reset: NVML's RESET_REQUIRED.
    RESET_REQUIRED,
    /// Nothing could be read from it, and why is not known. No reading, not a fault.
    SILENT;

    /// Whether replicas on it are gone.
    public boolean isFault() {
        return this == LOST || this == RESET_REQUIRED;
    }
}
