package io.latticeconsole.agent.telemetry;

import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Ratio;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.Sensors;

/// The machine's processor, memory and temperature through OSHI. Used by one thread at a time.
final class Host {
    private static final double HOTTEST = 150;

    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private final Sensors sensors;

    private long @Nullable [] ticks;

    Host() {
        HardwareAbstractionLayer hardware = new SystemInfo().getHardware();
        processor = hardware.getProcessor();
        memory = hardware.getMemory();
        sensors = hardware.getSensors();
    }

    /// The processor's name and its cores.
    String description() {
        return processor.getProcessorIdentifier().getName().strip() + ", " + processor.getLogicalProcessorCount()
                + " logical cores";
    }

    /// Reads now; the first reading has no share of busy cores.
    HostReading read(Instant now) {
        double total = memory.getTotal();
        double available = memory.getAvailable();
        return new HostReading(
                now,
                busy(),
                total > 0 ? total : Double.NaN,
                total > 0 && available >= 0 ? total - available : Double.NaN,
                temperature());
    }

    private Ratio busy() {
        long[] now = processor.getSystemCpuLoadTicks();
        long[] before = ticks;
        ticks = now;
        if (before == null) {
            return Ratio.NONE;
        }
        double load = processor.getSystemCpuLoadBetweenTicks(before, now);
        return new Ratio(load >= 0 && load <= 1 ? load : Double.NaN);
    }

    /// OSHI says 0 where there is no sensor.
    private Celsius temperature() {
        double celsius = sensors.getCpuTemperature();
        return new Celsius(celsius > 0 && celsius < HOTTEST ? celsius : Double.NaN);
    }
}
