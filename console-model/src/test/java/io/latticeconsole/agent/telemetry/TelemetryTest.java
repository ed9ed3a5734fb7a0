package io.latticeconsole.agent.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.agent.telemetry.TelemetryOptions.Accelerators;
import io.latticeconsole.agent.text.PrometheusText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The choice of a source, what is told when it fails and returns, the host, and parsers that never throw.
class TelemetryTest {
    private final List<TelemetryEvent> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path folder;

    private AcceleratorWatch watch(TelemetryOptions options) {
        return new AcceleratorWatch(options, () -> now, events::add);
    }

    private List<String> told() {
        List<String> texts = events.stream().map(TelemetryEvent::text).toList();
        events.clear();
        return texts;
    }

    @Test
    void aMachineWithoutGpuIsValidAndSaysWhatWasTried() {
        TelemetryOptions options = TelemetryOptions.DEFAULT
                .withNvmlLibrary("/nowhere/libnvidia-ml.so.1")
                .withNvidiaSmi("/nowhere/nvidia-smi");
        try (AcceleratorWatch watch = watch(options)) {
            Readings.Accelerators readings = watch.read();
            assertEquals(List.of(), readings.list());
            assertTrue(readings.trouble().isEmpty());
            assertTrue(readings.from().startsWith("no GPU is read: /nowhere/libnvidia-ml.so.1 cannot be loaded"));
            assertTrue(readings.from().contains("/nowhere/nvidia-smi cannot be started"));
            watch.read();
            assertEquals(1, events.size());
        }
    }

    @Test
    void automaticallyTakesNvmlThenNvidiaSmiAndFindsADriverThatIsLoadedLater() throws Exception {
        Path smi = folder.resolve("nvidia-smi");
        TelemetryOptions options = TelemetryOptions.DEFAULT
                .withNvmlLibrary(folder.resolve("libnvidia-ml.so.1").toString())
                .withNvidiaSmi(smi.toString());
        try (AcceleratorWatch watch = watch(options)) {
            assertEquals(0, watch.read().list().size());
            Files.writeString(smi, "#!/bin/sh\necho '0, GPU-aa" + ", 1".repeat(12) + ", NVIDIA L4'\n");
            Files.setPosixFilePermissions(smi, PosixFilePermissions.fromString("rwxr-xr-x"));
            assertEquals(0, watch.read().list().size(), "not tried again at once");
            now = now.plusSeconds(30);
            assertEquals(1, watch.read().list().size());
            assertTrue(watch.read().from().startsWith(smi.toString()));
        }
        StandInNvml nvml = new StandInNvml(folder);
        try (AcceleratorWatch watch = watch(options)) {
            assertEquals(
                    "NVML (" + nvml.path() + "), driver 580.65.06", watch.read().from());
        }
    }

    @Test
    void lossReturnAndFailureAreToldOnce() throws Exception {
        StandInNvml nvml = new StandInNvml(folder);
        try (AcceleratorWatch watch = watch(
                TelemetryOptions.DEFAULT.withAccelerators(Accelerators.NVML).withNvmlLibrary(nvml.path()))) {
            watch.read();
            assertEquals(1, told().size());
            nvml.set("gpu1.code", NvmlReturn.GPU_IS_LOST);
            watch.read();
            watch.read();
            assertEquals(
                    List.of("GPU 1 GPU is lost; restart the bare-metal node, contact support if it returns"), told());
            nvml.clear();
            watch.read();
            assertEquals(List.of("GPU 1 answers again"), told());
            nvml.set("uninitialized", 1);
            Readings.Accelerators silent = watch.read();
            watch.read();
            assertEquals(List.of("NVML stopped answering: Uninitialized (NVML code 1)"), told());
            assertEquals(
                    "NVML stopped answering: Uninitialized (NVML code 1)",
                    silent.trouble().orElseThrow());
            assertEquals(2, silent.list().size());
            assertEquals(AcceleratorCondition.SILENT, silent.list().getFirst().condition());
            assertFalse(silent.list().getFirst().power().isPresent());
            nvml.clear();
            assertTrue(watch.read().trouble().isPresent(), "not before the retry is due");
            now = now.plusSeconds(30);
            assertTrue(watch.read().trouble().isEmpty());
            assertEquals(1, told().size());
        }
    }

    @Test
    void aGpuThatIsNoLongerListedIsLostAndTheOthersKeepTheirIndex() throws Exception {
        Path smi = folder.resolve("nvidia-smi");
        String rest = ", 1".repeat(12) + ", NVIDIA L4\n";
        Files.writeString(smi, "#!/bin/sh\ncat " + folder.resolve("rows") + "\n");
        Files.setPosixFilePermissions(smi, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("rows"), "0, GPU-aa" + rest + "1, GPU-bb" + rest);
        try (AcceleratorWatch watch = watch(TelemetryOptions.DEFAULT
                .withAccelerators(Accelerators.NVIDIA_SMI)
                .withNvidiaSmi(smi.toString()))) {
            watch.read();
            told();
            Files.writeString(folder.resolve("rows"), "0, GPU-bb" + rest);
            List<AcceleratorReading> readings = watch.read().list();
            assertEquals(AcceleratorCondition.LOST, readings.get(0).condition());
            assertEquals("GPU-aa", readings.get(0).identity().uuid());
            assertEquals(1, readings.get(1).identity().index());
            assertEquals(AcceleratorCondition.ANSWERING, readings.get(1).condition());
            assertEquals(1, told().size());
        }
    }

    @Test
    void readsThisMachineAndStops() throws Exception {
        LinkedBlockingQueue<TelemetryEvent> opened = new LinkedBlockingQueue<>();
        StandInNvml nvml = new StandInNvml(folder);
        TelemetryOptions options = TelemetryOptions.DEFAULT
                .withAccelerators(Accelerators.NVML)
                .withNvmlLibrary(nvml.path())
                .withTimes(Duration.ofMillis(20), Duration.ofSeconds(5), Duration.ofSeconds(30));
        try (Telemetry telemetry = Telemetry.start(options, InstantSource.system(), opened::add)) {
            assertTrue(opened.poll(10, TimeUnit.SECONDS) instanceof TelemetryEvent.SourceOpened);
            nvml.set("xid.serial", 1);
            assertTrue(opened.poll(10, TimeUnit.SECONDS) instanceof TelemetryEvent.XidRaised);
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!telemetry.latest().host().busy().isPresent()
                    || telemetry.latest().accelerators().list().isEmpty()) {
                assertTrue(System.nanoTime() < until, () -> "no readings: " + telemetry.latest());
                Thread.onSpinWait();
            }
            HostReading host = telemetry.latest().host();
            assertTrue(host.memoryBytes() > 1e8 && host.memoryUsedBytes() < host.memoryBytes(), host.toString());
            assertTrue(host.busy().value() >= 0 && host.busy().value() <= 1, host.toString());
        }
    }

    @Test
    void readingsThatGrowOldSaySo() throws Exception {
        TelemetryOptions options = TelemetryOptions.DEFAULT
                .withAccelerators(Accelerators.NONE)
                .withTimes(Duration.ofHours(1), Duration.ofSeconds(5), Duration.ofHours(1));
        LinkedBlockingQueue<TelemetryEvent> opened = new LinkedBlockingQueue<>();
        try (Telemetry telemetry = Telemetry.start(options, () -> now, opened::add)) {
            assertTrue(opened.poll(10, TimeUnit.SECONDS) instanceof TelemetryEvent.SourceOpened);
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (telemetry.latest().accelerators().trouble().isPresent()) {
                assertTrue(System.nanoTime() < until, () -> "no readings: " + telemetry.latest());
                Thread.onSpinWait();
            }
            Instant read = now;
            now = now.plus(Duration.ofHours(3));
            assertEquals(
                    "the accelerators have not answered since " + read + "; their driver may hang",
                    telemetry.latest().accelerators().trouble().orElseThrow());
        }
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> TelemetryOptions.DEFAULT.withAccelerators(Accelerators.DCGM));
        assertThrows(
                IllegalArgumentException.class,
                () -> TelemetryOptions.DEFAULT.withTimes(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }

    @Test
    void parsersNeverThrowWhateverTheText() {
        Random random = new Random(20260301);
        String alphabet = "0123456789., []NA/x\n\"{}=#_eE+-GPUDCM";
        String seed = "0, GPU-aa, 37, 61, 31.25, 72.00, 1024, 23034, 2040, 6251, 3, 0, Disabled, 0x4, NVIDIA L4\n";
        String metric = "DCGM_FI_DEV_GPU_TEMP{gpu=\"0\",UUID=\"GPU-aa\"} 61\n";
        int rows = 0;
        int gpus = 0;
        for (int i = 0; i < 20_000; i++) {
            String csv = mutated(random, seed, alphabet);
            SmiTable table = SmiTable.parse(List.of(SmiTable.Column.values()), csv);
            rows += table.rows().size();
            String text = mutated(random, metric, alphabet);
            List<AcceleratorReading> readings = DcgmTable.readings(PrometheusText.parse(text));
            gpus += readings.size();
            for (AcceleratorReading reading : readings) {
                assertFalse(Double.isInfinite(reading.temperature().value()), text);
            }
            for (AcceleratorReading reading : table.rows()) {
                double busy = reading.utilization().value();
                assertTrue(Double.isNaN(busy) || (busy >= 0 && busy <= 1), csv);
                assertFalse(Double.isInfinite(reading.power().value()), csv);
            }
        }
        assertTrue(rows > 1000 && gpus > 1000, "the texts still mean something: " + rows + ", " + gpus);
    }

    private static String mutated(Random random, String seed, String alphabet) {
        StringBuilder text = new StringBuilder(seed.repeat(1 + random.nextInt(3)));
        for (int n = random.nextInt(8); n > 0; n--) {
            int at = random.nextInt(text.length());
            char c = random.nextInt(4) == 0
                    ? (char) random.nextInt(0x10000)
                    : alphabet.charAt(random.nextInt(alphabet.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, c);
                case 1 -> text.insert(at, c);
                default -> text.deleteCharAt(at).append(c);
            }
        }
        return text.toString();
    }
}
