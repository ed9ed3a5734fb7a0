package io.latticeconsole.agent.telemetry;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;

/// The structs of NVML in use, as nvml.h lays them out on 64-bit machines.
final class NvmlLayouts {
    /// `nvmlUtilization_t`: per cent of the last sample period.
    static final StructLayout UTILIZATION =
            MemoryLayout.structLayout(JAVA_INT.withName("gpu"), JAVA_INT.withName("memory"));

    /// `nvmlTemperature_v1_t`: version and sensor go in, degrees Celsius come out.
    static final StructLayout TEMPERATURE = MemoryLayout.structLayout(
            JAVA_INT.withName("version"), JAVA_INT.withName("sensorType"), JAVA_INT.withName("temperature"));

    /// `nvmlMemory_v2_t`: bytes; `used` leaves `reserved` out.
    static final StructLayout MEMORY_V2 = MemoryLayout.structLayout(
            JAVA_INT.withName("version"),
            MemoryLayout.paddingLayout(4),
            JAVA_LONG.withName("total"),
            JAVA_LONG.withName("reserved"),
            JAVA_LONG.withName("free"),
            JAVA_LONG.withName("used"));

    /// `nvmlMemory_t`: bytes; `used` has what the driver reserves in it.
    static final StructLayout MEMORY = MemoryLayout.structLayout(
            JAVA_LONG.withName("total"), JAVA_LONG.withName("free"), JAVA_LONG.withName("used"));

    /// `nvmlEventData_t`: for an XID error `eventData` is its number.
    static final StructLayout EVENT = MemoryLayout.structLayout(
            ADDRESS.withName("device"),
            JAVA_LONG.withName("eventType"),
            JAVA_LONG.withName("eventData"),
            JAVA_INT.withName("gpuInstanceId"),
            JAVA_INT.withName("computeInstanceId"));

    private NvmlLayouts() {}

    /// `NVML_STRUCT_VERSION`: the size and, in the top byte, the version.
    static int version(StructLayout layout, int version) {
        return (int) layout.byteSize() | version << 24;
    }

    static long offset(StructLayout layout, String field) {
        return layout.byteOffset(PathElement.groupElement(field));
    }
}
