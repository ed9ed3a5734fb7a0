package io.latticeconsole.agent.telemetry;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The machine's GPUs through NVML, and their XID errors the moment they are raised.
final class NvmlSource implements AcceleratorSource {
    private static final int MOST_DEVICES = 1024;

    private final NvmlLibrary nvml;
    private final Arena arena = Arena.ofShared();

    /// By index; null where NVML gives no handle (yet).
    private final List<@Nullable NvmlDevice> devices = new ArrayList<>();

    private final XidWait xids;
    private final String description;

    private NvmlSource(NvmlLibrary nvml, int count, InstantSource clock, Consumer<TelemetryEvent> events) {
        this.nvml = nvml;
        for (int i = 0; i < count; i++) {
            devices.add(null);
        }
        this.xids = new XidWait(nvml, clock, events);
        String driver = nvml.text(NvmlCall.DRIVER_VERSION);
        this.description = "NVML (" + nvml.where() + ")" + (driver.isEmpty() ? "" : ", driver " + driver);
    }

    /// Loads and initialises NVML.
    ///
    /// @throws TelemetryUnavailable if it is missing or does not tell how many GPUs there are
    static NvmlSource open(String where, InstantSource clock, Consumer<TelemetryEvent> events)
            throws TelemetryUnavailable {
        NvmlLibrary nvml = NvmlLibrary.open(where);
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment count = scratch.allocate(JAVA_INT);
            int code = nvml.call(NvmlCall.COUNT, count);
            int found = count.get(JAVA_INT, 0);
            if (code == NvmlReturn.SUCCESS && found >= 0 && found <= MOST_DEVICES) {
                return new NvmlSource(nvml, found, clock, events);
            }
            String reason = code == NvmlReturn.SUCCESS
                    ? "it counts " + Integer.toUnsignedString(found) + " GPUs"
                    : "it does not count GPUs: " + nvml.explain(code);
            nvml.close();
            throw new TelemetryUnavailable(where + " cannot be used: " + reason);
        }
    }

    @Override
    public String description() {
        return description + (xids.isWaiting() || devices.isEmpty() ? "" : ", without XID events");
    }

    @Override
    public List<AcceleratorReading> read() throws TelemetryUnavailable {
        List<AcceleratorReading> readings = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            readings.add(read(i));
        }
        return readings;
    }

    private AcceleratorReading read(int index) throws TelemetryUnavailable {
        NvmlDevice device = devices.get(index);
        if (device != null) {
            return device.read();
        }
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment handle = scratch.allocate(ADDRESS);
            int code = nvml.call(NvmlCall.HANDLE, index, handle);
            if (NvmlReturn.endsSource(code)) {
                throw new TelemetryUnavailable("NVML stopped answering: " + nvml.explain(code));
            }
            if (code != NvmlReturn.SUCCESS) {
                AcceleratorCondition condition =
                        code == NvmlReturn.GPU_IS_LOST ? AcceleratorCondition.LOST : AcceleratorCondition.SILENT;
                return AcceleratorReading.none(AcceleratorIdentity.unknown(index), condition, 0);
            }
            NvmlDevice found = NvmlDevice.of(nvml, index, handle.get(ADDRESS, 0), arena);
            devices.set(index, found);
            xids.register(index, found);
            return found.read();
        }
    }

    @Override
    public void close() {
        xids.close();
        nvml.close();
        arena.close();
    }
}
