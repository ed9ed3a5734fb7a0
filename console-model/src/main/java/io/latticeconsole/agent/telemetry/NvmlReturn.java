package io.latticeconsole.agent.telemetry;

/// Return codes of NVML that are told apart. Source: `nvmlReturn_t` of nvml.h.
final class NvmlReturn {
    static final int SUCCESS = 0;
    static final int UNINITIALIZED = 1;
    static final int NOT_SUPPORTED = 3;
    static final int DRIVER_NOT_LOADED = 9;
    static final int TIMEOUT = 10;
    static final int FUNCTION_NOT_FOUND = 13;
    static final int GPU_IS_LOST = 15;
    static final int RESET_REQUIRED = 16;
    static final int LIBRARY_MISMATCH = 18;

    private NvmlReturn() {}

    /// Whether NVML as a whole has stopped working.
    static boolean endsSource(int code) {
        return code == UNINITIALIZED || code == DRIVER_NOT_LOADED || code == LIBRARY_MISMATCH;
    }
}
