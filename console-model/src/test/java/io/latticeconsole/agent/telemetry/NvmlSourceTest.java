package io.latticeconsole.agent.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// NVML through the foreign-function API, against a stand-in built by the C compiler.
class NvmlSourceTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final LinkedBlockingQueue<TelemetryEvent> events = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    private NvmlSource open(StandInNvml nvml) throws TelemetryUnavailable {
        return NvmlSource.open(nvml.path(), InstantSource.fixed(NOW), events::add);
    }

    @Test
    void readsEveryValueInItsUnit() throws Exception {
        StandInNvml nvml = new StandInNvml(folder).set("v.offset", 1).set("gpu1.utilization", 100);
        nvml.set("gpu1.throttling", 0x1 | 0x4 | 0x40).set("gpu1.mig", 1);
        try (NvmlSource source = open(nvml)) {
            assertEquals("NVML (" + nvml.path() + "), driver 580.65.06, without XID events", source.description());
            List<AcceleratorReading> readings = source.read();
            assertEquals("NVML (" + nvml.path() + "), driver 580.65.06", source.description());
            assertEquals(2, readings.size());
            AcceleratorReading first = readings.getFirst();
            assertEquals("GPU-0000", first.identity().uuid());
            assertEquals("NVIDIA L4", first.identity().product());
            assertEquals(24e9, first.identity().memoryBytes());
            assertEquals(72, first.identity().powerLimit().value());
            assertEquals(96, first.identity().slowdown().value());
            assertFalse(first.identity().partitioned());
            assertEquals(AcceleratorCondition.ANSWERING, first.condition());
            assertEquals(0.4, first.utilization().value());
            assertEquals(61, first.temperature().value(), "the newer function is asked first");
            assertEquals(31.25, first.power().value());
            assertEquals(1e9, first.memoryUsedBytes());
            assertEquals(new Clocks(2040, 6251), first.clocks());
            assertEquals(new EccErrors(3, 0), first.ecc());
            assertEquals(Set.of(), first.throttling());
            assertEquals("", first.fault());
            AcceleratorReading second = readings.getLast();
            assertEquals(1.0, second.utilization().value());
            assertEquals(Set.of(ThrottleReason.POWER_CAP, ThrottleReason.HARDWARE_THERMAL), second.throttling());
            assertTrue(second.identity().partitioned());
        }
    }

    @Test
    void anOlderLibraryIsReadThroughItsOwnFunctions() throws Exception {
        StandInNvml nvml = new StandInNvml(folder, "WITHOUT_NEW", "WITHOUT_EVENTS").set("gpu0.throttling", 0x20);
        try (NvmlSource source = open(nvml)) {
            AcceleratorReading first = source.read().getFirst();
            assertEquals(60, first.temperature().value());
            assertEquals(1.5e9, first.memoryUsedBytes(), "the older struct counts what the driver reserves");
            assertEquals(Set.of(ThrottleReason.SOFTWARE_THERMAL), first.throttling());
            assertTrue(source.description().endsWith("without XID events"), source.description());
        }
    }

    @Test
    void whatIsNotSupportedIsNoReading() throws Exception {
        StandInNvml nvml = new StandInNvml(folder);
        for (String reading : List.of("utilization", "power", "clock", "ecc", "throttling", "temperatureV", "events")) {
            nvml.set("gpu0." + reading + ".code", NvmlReturn.NOT_SUPPORTED);
        }
        try (NvmlSource source = open(nvml)) {
            AcceleratorReading first = source.read().getFirst();
            assertEquals(AcceleratorCondition.ANSWERING, first.condition());
            assertFalse(first.utilization().isPresent());
            assertFalse(first.power().isPresent());
            assertEquals(Clocks.NONE, first.clocks());
            assertEquals(EccErrors.NONE, first.ecc());
            assertEquals(60, first.temperature().value(), "the older function answers");
            assertTrue(first.isHealthy());
        }
    }

    @Test
    void blankNumbersAreNoReading() throws Exception {
        StandInNvml nvml = new StandInNvml(folder)
                .set("gpu0.utilization", 0x7ffffff0L)
                .set("gpu0.temperature", 0xffffffffL)
                .set("gpu0.power", 0xffffffffL)
                .set("gpu0.used", "9223372036854775794")
                .set("gpu0.corrected", "18446744073709551615");
        try (NvmlSource source = open(nvml)) {
            AcceleratorReading first = source.read().getFirst();
            assertFalse(first.utilization().isPresent());
            assertFalse(first.temperature().isPresent());
            assertFalse(first.power().isPresent());
            assertTrue(Double.isNaN(first.memoryUsedBytes()));
            assertTrue(Double.isNaN(first.ecc().corrected()));
            assertEquals(0, first.ecc().uncorrected());
        }
    }

    @Test
    void aLostGpuIsAFaultAndTheOtherIsReadOn() throws Exception {
        StandInNvml nvml = new StandInNvml(folder);
        try (NvmlSource source = open(nvml)) {
            assertTrue(source.read().getFirst().isHealthy());
            nvml.set("gpu0.code", NvmlReturn.GPU_IS_LOST);
            AcceleratorReading lost = source.read().getFirst();
            assertEquals(AcceleratorCondition.LOST, lost.condition());
            assertFalse(lost.isHealthy());
            assertFalse(lost.toAccelerator().healthy());
            assertTrue(lost.fault().startsWith("GPU is lost; restart"), lost.fault());
            assertEquals("NVIDIA L4", lost.identity().product());
            assertFalse(lost.power().isPresent());
            assertEquals(0.4, source.read().getLast().utilization().value());
            nvml.set("gpu0.code", NvmlReturn.RESET_REQUIRED);
            assertEquals(
                    AcceleratorCondition.RESET_REQUIRED,
                    source.read().getFirst().condition());
            nvml.set("gpu0.code", 999);
            assertEquals(AcceleratorCondition.SILENT, source.read().getFirst().condition());
            nvml.set("gpu0.code", 0);
            assertEquals(31.25, source.read().getFirst().power().value());
        }
    }

    @Test
    void aGpuThatIsLostFromTheStartGetsItsHandleWhenItReturns() throws Exception {
        StandInNvml nvml = new StandInNvml(folder).set("gpu1.handle.code", NvmlReturn.GPU_IS_LOST);
        try (NvmlSource source = open(nvml)) {
            AcceleratorReading lost = source.read().getLast();
            assertEquals(AcceleratorReading.none(AcceleratorIdentity.unknown(1), AcceleratorCondition.LOST, 0), lost);
            nvml.clear();
            assertEquals("GPU-1111", source.read().getLast().identity().uuid());
        }
    }

    @Test
    void xidErrorsAreToldAtOnceWithMeaningAndResolution() throws Exception {
        StandInNvml nvml = new StandInNvml(folder);
        try (NvmlSource source = open(nvml)) {
            source.read();
            nvml.set("xid.gpu", 1).set("xid.number", 48).set("xid.serial", 1);
            TelemetryEvent event = events.poll(10, TimeUnit.SECONDS);
            assertEquals(new TelemetryEvent.XidRaised(NOW, 1, 48), event);
            assertEquals(
                    "GPU 1 XID 48: Double-bit ECC error; drain the node; reset the GPU, replace it if XID 48 returns",
                    Objects.requireNonNull(event).text());
            AcceleratorReading second = source.read().getLast();
            assertEquals(48, second.lastXid());
            assertFalse(second.isHealthy());
            assertEquals(AcceleratorCondition.ANSWERING, second.condition());
            // A wait that fails pauses and goes on.
            nvml.set("wait.code", NvmlReturn.GPU_IS_LOST).set("xid.gpu", 0).set("xid.number", 13);
            nvml.set("wait.code", 0).set("xid.serial", 2);
            assertEquals(new TelemetryEvent.XidRaised(NOW, 0, 13), events.poll(10, TimeUnit.SECONDS));
            assertTrue(source.read().getFirst().isHealthy(), "XID 13 takes the application, not the GPU");
        }
        assertNull(events.poll());
    }

    @Test
    void aSessionThatEndsIsUnavailableAndCanBeOpenedAgain() throws Exception {
        StandInNvml nvml = new StandInNvml(folder);
        try (NvmlSource source = open(nvml)) {
            source.read();
            nvml.set("uninitialized", 1);
            TelemetryUnavailable gone = assertThrows(TelemetryUnavailable.class, source::read);
            assertEquals("NVML stopped answering: Uninitialized (NVML code 1)", gone.sentence());
        }
        nvml.clear();
        try (NvmlSource source = open(nvml)) {
            assertEquals(2, source.read().size());
        }
    }

    @Test
    void whatCannotBeUsedSaysWhyInASentence() throws Exception {
        assertEquals(
                "/nowhere/libnvidia-ml.so.1 cannot be loaded: no NVIDIA driver is installed, or it lies elsewhere",
                refusal("/nowhere/libnvidia-ml.so.1"));
        assertTrue(refusal("libno-such-library.so.9").startsWith("libno-such-library.so.9 cannot be loaded"));
        StandInNvml nvml = new StandInNvml(folder).set("init.code", NvmlReturn.DRIVER_NOT_LOADED);
        assertEquals(nvml.path() + " cannot be used: Driver Not Loaded (NVML code 9)", refusal(nvml.path()));
        nvml.clear().set("count.code", 999);
        assertTrue(refusal(nvml.path()).endsWith("it does not count GPUs: Unknown Error (NVML code 999)"));
        nvml.clear().set("count", 4_000_000_000L);
        assertTrue(refusal(nvml.path()).endsWith("it counts 4000000000 GPUs"));
    }

    @Test
    void anotherLibraryIsNotTakenForNvml() throws Exception {
        StandInNvml other = new StandInNvml(folder, "NOT_NVML");
        assertEquals(
                other.path() + " cannot be used: it has no nvmlInit_v2 and is not NVIDIA's management library",
                refusal(other.path()));
    }

    private String refusal(String where) {
        return assertThrows(
                        TelemetryUnavailable.class,
                        () -> NvmlSource.open(where, InstantSource.fixed(NOW), events::add)
                                .close())
                .sentence();
    }
}
