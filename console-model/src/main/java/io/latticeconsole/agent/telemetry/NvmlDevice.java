package io.latticeconsole.agent.telemetry;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// One GPU of NVML. Each call that answers anything but SUCCESS is no reading; what the codes say together is the
/// condition.
final class NvmlDevice {
    private static final int SENSOR_GPU = 0;
    private static final int THRESHOLD_SLOWDOWN = 1;
    private static final int CLOCK_SM = 1;
    private static final int CLOCK_MEMORY = 2;
    private static final int ECC_CORRECTED = 0;
    private static final int ECC_UNCORRECTED = 1;
    private static final int ECC_VOLATILE = 0;
    private static final int MIG_ENABLED = 1;

    final MemorySegment handle;

    /// Written by whoever waits for XID events.
    final AtomicInteger lastXid = new AtomicInteger();

    private final NvmlLibrary nvml;
    private final AcceleratorIdentity identity;
    private final MemorySegment scratch;
    private int worst;
    private boolean answered;

    private NvmlDevice(NvmlLibrary nvml, int index, MemorySegment handle, MemorySegment scratch) {
        this.nvml = nvml;
        this.handle = handle;
        this.scratch = scratch;
        this.identity = new AcceleratorIdentity(
                index,
                nvml.text(NvmlCall.UUID, handle),
                nvml.text(NvmlCall.NAME, handle),
                memory("total"),
                new Watts(number(NvmlCall.POWER_LIMIT, scratch) / 1000),
                new Celsius(number(NvmlCall.TEMPERATURE_THRESHOLD, THRESHOLD_SLOWDOWN, scratch)),
                number(NvmlCall.MIG_MODE, scratch, scratch.asSlice(8)) == MIG_ENABLED);
    }

    /// Describes a device whose handle NVML gave out. `arena` lives as long as the device is used.
    static NvmlDevice of(NvmlLibrary nvml, int index, MemorySegment handle, Arena arena) {
        return new NvmlDevice(nvml, index, handle, arena.allocate(64, 8));
    }

    AcceleratorReading read() throws TelemetryUnavailable {
        worst = NvmlReturn.SUCCESS;
        answered = false;
        AcceleratorReading reading = new AcceleratorReading(
                identity,
                AcceleratorCondition.ANSWERING,
                lastXid.get(),
                utilization(),
                temperature(),
                new Watts(number(NvmlCall.POWER, scratch) / 1000),
                memory("used"),
                new Clocks(number(NvmlCall.CLOCK, CLOCK_SM, scratch), number(NvmlCall.CLOCK, CLOCK_MEMORY, scratch)),
                new EccErrors(
                        count(NvmlCall.ECC_ERRORS, ECC_CORRECTED, ECC_VOLATILE, scratch),
                        count(NvmlCall.ECC_ERRORS, ECC_UNCORRECTED, ECC_VOLATILE, scratch)),
                throttling());
        if (NvmlReturn.endsSource(worst)) {
            throw new TelemetryUnavailable("NVML stopped answering: " + nvml.explain(worst));
        }
        AcceleratorCondition condition = condition();
        return condition == AcceleratorCondition.ANSWERING
                ? reading
                : AcceleratorReading.none(identity, condition, lastXid.get());
    }

    private AcceleratorCondition condition() {
        return switch (worst) {
            case NvmlReturn.GPU_IS_LOST -> AcceleratorCondition.LOST;
            case NvmlReturn.RESET_REQUIRED -> AcceleratorCondition.RESET_REQUIRED;
            default -> answered ? AcceleratorCondition.ANSWERING : AcceleratorCondition.SILENT;
        };
    }

    private Ratio utilization() {
        scratch.fill((byte) 0);
        if (!succeeds(NvmlCall.UTILIZATION, handle, scratch)) {
            return Ratio.NONE;
        }
        double percent = Blank.unsigned32(scratch.get(JAVA_INT, NvmlLayouts.offset(NvmlLayouts.UTILIZATION, "gpu")));
        return new Ratio(Blank.percent(percent));
    }

    private Celsius temperature() {
        scratch.fill((byte) 0);
        scratch.set(JAVA_INT, 0, NvmlLayouts.version(NvmlLayouts.TEMPERATURE, 1));
        scratch.set(JAVA_INT, NvmlLayouts.offset(NvmlLayouts.TEMPERATURE, "sensorType"), SENSOR_GPU);
        if (succeeds(NvmlCall.TEMPERATURE_V, handle, scratch)) {
            int celsius = scratch.get(JAVA_INT, NvmlLayouts.offset(NvmlLayouts.TEMPERATURE, "temperature"));
            return new Celsius(celsius == -1 ? Double.NaN : Blank.number(celsius));
        }
        return new Celsius(number(NvmlCall.TEMPERATURE, SENSOR_GPU, scratch));
    }

    private double memory(String field) {
        scratch.fill((byte) 0);
        scratch.set(JAVA_INT, 0, NvmlLayouts.version(NvmlLayouts.MEMORY_V2, 2));
        if (succeeds(NvmlCall.MEMORY_V2, handle, scratch)) {
            return Blank.unsigned64(scratch.get(JAVA_LONG, NvmlLayouts.offset(NvmlLayouts.MEMORY_V2, field)));
        }
        return succeeds(NvmlCall.MEMORY, handle, scratch)
                ? Blank.unsigned64(scratch.get(JAVA_LONG, NvmlLayouts.offset(NvmlLayouts.MEMORY, field)))
                : Double.NaN;
    }

    private Set<ThrottleReason> throttling() {
        scratch.fill((byte) 0);
        return succeeds(NvmlCall.THROTTLING, handle, scratch)
                ? ThrottleReason.of(Math.max(0, scratch.get(JAVA_LONG, 0)))
                : Set.of();
    }

    /// An `unsigned int` that a function writes to the start of the scratch memory.
    private double number(NvmlCall call, Object... arguments) {
        scratch.fill((byte) 0);
        return succeeds(call, prepend(arguments)) ? Blank.unsigned32(scratch.get(JAVA_INT, 0)) : Double.NaN;
    }

    /// An `unsigned long long` likewise.
    private double count(NvmlCall call, Object... arguments) {
        scratch.fill((byte) 0);
        return succeeds(call, prepend(arguments)) ? Blank.unsigned64(scratch.get(JAVA_LONG, 0)) : Double.NaN;
    }

    private Object[] prepend(Object[] arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = handle;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    private boolean succeeds(NvmlCall call, Object... arguments) {
        int code = nvml.call(call, arguments);
        switch (code) {
            case NvmlReturn.SUCCESS -> answered = true;
            case NvmlReturn.GPU_IS_LOST, NvmlReturn.RESET_REQUIRED -> worst = code;
            default -> {
                if (NvmlReturn.endsSource(code)) {
                    worst = code;
                }
            }
        }
        return code == NvmlReturn.SUCCESS;
    }
}
