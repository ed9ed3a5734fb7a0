package io.latticeconsole.agent.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `nvidia-smi`, played by shell scripts.
class SmiSourceTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String FIRST =
            "0, GPU-aa, 37, 61, 31.25, 72.00, 1024, 23034, 2040, 6251, 3, 0, Disabled, 0x0000000000000044, NVIDIA L4";

    @TempDir
    private Path folder;

    private String script(String body) throws IOException {
        Path script = folder.resolve("nvidia-smi");
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }

    private static String say(String... lines) {
        return "cat <<'END'\n" + String.join("\n", lines) + "\nEND";
    }

    @Test
    void readsEveryValueInItsUnit() throws Exception {
        try (SmiSource source = SmiSource.open(script(say(FIRST)), TIMEOUT)) {
            AcceleratorReading gpu = source.read().getFirst();
            assertEquals("GPU-aa", gpu.identity().uuid());
            assertEquals("NVIDIA L4", gpu.identity().product());
            assertEquals(23034.0 * 1024 * 1024, gpu.identity().memoryBytes());
            assertEquals(72, gpu.identity().powerLimit().value());
            assertEquals(0.37, gpu.utilization().value());
            assertEquals(61, gpu.temperature().value());
            assertEquals(31.25, gpu.power().value());
            assertEquals(1024.0 * 1024 * 1024, gpu.memoryUsedBytes());
            assertEquals(new Clocks(2040, 6251), gpu.clocks());
            assertEquals(new EccErrors(3, 0), gpu.ecc());
            assertEquals(Set.of(ThrottleReason.POWER_CAP, ThrottleReason.HARDWARE_THERMAL), gpu.throttling());
        }
    }

    @Test
    void whatStandsInBracketsIsNoReading() throws Exception {
        String line = "1, GPU-bb, [N/A], [Not Supported], [Unknown Error], N/A, 9223372036854775794, 2147483632, -5,"
                + " 1e3, 0x10, , [N/A], [N/A], NVIDIA GB10, a, b";
        try (SmiSource source = SmiSource.open(script(say(line)), TIMEOUT)) {
            AcceleratorReading gpu = source.read().getFirst();
            AcceleratorReading nothing = AcceleratorReading.none(gpu.identity(), AcceleratorCondition.ANSWERING, 0);
            assertEquals(nothing, gpu);
            assertEquals("NVIDIA GB10, a, b", gpu.identity().product());
            assertTrue(Double.isNaN(gpu.identity().memoryBytes()));
        }
    }

    @Test
    void lostAndUnresetGpusAreFaults() throws Exception {
        String lost = "[GPU is lost]";
        String row = ("1, GPU-bb" + ", @".repeat(12) + ", NVIDIA L4").replace("@", lost);
        String reset = row.replace("1, GPU-bb", "2, GPU-cc").replace(lost, "[GPU requires reset]");
        String text = "Unable to determine the device handle for GPU 0000:0A:00.0: GPU is lost.";
        try (SmiSource source = SmiSource.open(script(say(text, FIRST, row, reset) + "\nexit 15"), TIMEOUT)) {
            List<AcceleratorReading> gpus = source.read();
            assertTrue(gpus.get(0).isHealthy());
            assertEquals(AcceleratorCondition.LOST, gpus.get(1).condition());
            assertFalse(gpus.get(1).isHealthy());
            assertEquals(AcceleratorCondition.RESET_REQUIRED, gpus.get(2).condition());
        }
    }

    @Test
    void aColumnThatTheDriverDoesNotHaveIsLeftOut() throws Exception {
        String body = """
                case "$1" in
                *clocks_throttle*) echo 'Field "clocks_throttle_reasons.active" is not a valid field to query.'; exit 2;;
                *mig*) echo 'Field "mig.mode.current" is not a valid field to query.'; exit 2;;
                esac
                echo "0, GPU-aa, 37, 61, 31.25, 72.00, 1024, 23034, 2040, 6251, 3, 0, NVIDIA L4"
                """;
        try (SmiSource source = SmiSource.open(script(body), TIMEOUT)) {
            assertEquals(0.37, source.read().getFirst().utilization().value());
            assertEquals("NVIDIA L4", source.read().getFirst().identity().product());
        }
    }

    @Test
    void noDevicesIsAMachineWithoutGpu() throws Exception {
        try (SmiSource source = SmiSource.open(script("echo 'No devices were found'; exit 6"), TIMEOUT)) {
            assertEquals(List.of(), source.read());
        }
    }

    @Test
    void whatCannotBeUsedSaysWhyInASentence() throws Exception {
        String failed = script("echo 'NVIDIA-SMI has failed because it could not communicate'; exit 9");
        assertEquals(failed + " ended with 9: NVIDIA-SMI has failed because it could not communicate", refusal(failed));
        assertEquals(
                "/nowhere/nvidia-smi cannot be started: it is not installed or may not be run",
                refusal("/nowhere/nvidia-smi"));
    }

    @Test
    void oneThatHangsIsKilledWithItsChildren() throws Exception {
        Path pids = folder.resolve("pids");
        String hangs = script("sleep 600 & echo $$ $! > " + pids + "; wait");
        TelemetryUnavailable refused = assertThrows(
                TelemetryUnavailable.class,
                () -> SmiSource.open(hangs, Duration.ofMillis(1500)).close());
        assertEquals(hangs + " did not end within 1500 ms and was killed", refused.sentence());
        for (String pid : Files.readString(pids).strip().split(" ", -1)) {
            ProcessHandle.of(Long.parseLong(pid))
                    .ifPresent(process -> process.onExit()
                            .orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                            .join());
        }
    }

    @Test
    void oneThatWritesWithoutEndIsCutOff() throws Exception {
        String endless = script("yes '" + FIRST + "'");
        assertTrue(assertThrows(
                        TelemetryUnavailable.class,
                        () -> SmiSource.open(endless, Duration.ofSeconds(1)).close())
                .sentence()
                .endsWith("was killed"));
    }

    private static String refusal(String program) {
        return assertThrows(
                        TelemetryUnavailable.class,
                        () -> SmiSource.open(program, TIMEOUT).close())
                .sentence();
    }
}
