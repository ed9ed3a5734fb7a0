package io.latticeconsole.agent.telemetry;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.util.List;

/// The functions of NVML in use: signature, and the names under which versions of the library have them, newest first.
/// All return `nvmlReturn_t`. `nvmlDevice_t` and `nvmlEventSet_t` are pointers; enums are `unsigned int`. Source of
/// signatures and layouts: nvml.h, https://docs.nvidia.com/deploy/nvml-api/.
@SuppressWarnings("ImmutableEnumChecker") // both fields are immutable; their types do not say so
enum NvmlCall {
    INIT(List.of(), "nvmlInit_v2", "nvmlInit"),
    SHUTDOWN(List.of(), "nvmlShutdown"),
    /// (char *version, unsigned int length)
    DRIVER_VERSION(List.of(ADDRESS, JAVA_INT), "nvmlSystemGetDriverVersion"),
    /// (unsigned int *count)
    COUNT(List.of(ADDRESS), "nvmlDeviceGetCount_v2", "nvmlDeviceGetCount"),
    /// (unsigned int index, nvmlDevice_t *device)
    HANDLE(List.of(JAVA_INT, ADDRESS), "nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetHandleByIndex"),
    /// (device, char *name, unsigned int length)
    NAME(List.of(ADDRESS, ADDRESS, JAVA_INT), "nvmlDeviceGetName"),
    /// (device, char *uuid, unsigned int length)
    UUID(List.of(ADDRESS, ADDRESS, JAVA_INT), "nvmlDeviceGetUUID"),
    /// (device, nvmlUtilization_t *)
    UTILIZATION(List.of(ADDRESS, ADDRESS), "nvmlDeviceGetUtilizationRates"),
    /// (device, nvmlTemperature_t *)
    TEMPERATURE_V(List.of(ADDRESS, ADDRESS), "nvmlDeviceGetTemperatureV"),
    /// (device, nvmlTemperatureSensors_t, unsigned int *celsius)
    TEMPERATURE(List.of(ADDRESS, JAVA_INT, ADDRESS), "nvmlDeviceGetTemperature"),
    /// (device, nvmlTemperatureThresholds_t, unsigned int *celsius)
    TEMPERATURE_THRESHOLD(List.of(ADDRESS, JAVA_INT, ADDRESS), "nvmlDeviceGetTemperatureThreshold"),
    /// (device, unsigned int *milliwatts)
    POWER(List.of(ADDRESS, ADDRESS), "nvmlDeviceGetPowerUsage"),
    /// (device, unsigned int *milliwatts)
    POWER_LIMIT(List.of(ADDRESS, ADDRESS), "nvmlDeviceGetEnforcedPowerLimit", "nvmlDeviceGetPowerManagementLimit"),
    /// (device, nvmlMemory_v2_t *)
    MEMORY_V2(List.of(ADDRESS, ADDRESS), "nvmlDeviceGetMemoryInfo_v2"),
    /// (device, nvmlMemory_t *)
    MEMORY(List.of(ADDRESS, ADDRESS), "nvmlDeviceGetMemoryInfo"),
    /// (device, nvmlClockType_t, unsigned int *megahertz)
    CLOCK(List.of(ADDRESS, JAVA_INT, ADDRESS), "nvmlDeviceGetClockInfo"),
    /// (device, unsigned long long *reasons)
    THROTTLING(
            List.of(ADDRESS, ADDRESS),
            "nvmlDeviceGetCurrentClocksEventReasons",
            "nvmlDeviceGetCurrentClocksThrottleReasons"),
    /// (device, nvmlMemoryErrorType_t, nvmlEccCounterType_t, unsigned long long *count)
    ECC_ERRORS(List.of(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS), "nvmlDeviceGetTotalEccErrors"),
    /// (device, unsigned int *current, unsigned int *pending)
    MIG_MODE(List.of(ADDRESS, ADDRESS, ADDRESS), "nvmlDeviceGetMigMode"),
    /// (nvmlEventSet_t *)
    EVENT_SET_CREATE(List.of(ADDRESS), "nvmlEventSetCreate"),
    /// (device, unsigned long long types, nvmlEventSet_t)
    REGISTER_EVENTS(List.of(ADDRESS, JAVA_LONG, ADDRESS), "nvmlDeviceRegisterEvents"),
    /// (nvmlEventSet_t, nvmlEventData_t *, unsigned int milliseconds)
    EVENT_SET_WAIT(List.of(ADDRESS, ADDRESS, JAVA_INT), "nvmlEventSetWait_v2", "nvmlEventSetWait"),
    /// (nvmlEventSet_t)
    EVENT_SET_FREE(List.of(ADDRESS), "nvmlEventSetFree");

    final List<String> names;
    final FunctionDescriptor descriptor;

    NvmlCall(List<MemoryLayout> arguments, String... names) {
        this.names = List.of(names);
        this.descriptor = FunctionDescriptor.of(JAVA_INT, arguments.toArray(MemoryLayout[]::new));
    }
}
