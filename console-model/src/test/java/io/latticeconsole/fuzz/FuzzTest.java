package io.latticeconsole.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A hundred thousand mutated messages; `bench fuzz` sends more.
@Timeout(600)
class FuzzTest {
    private static final long SEED = 20260115;
    private static final long MESSAGES = 100_000;
    private static final long HEAP = 64 << 20;

    @TempDir
    private Path folder;

    @Test
    void mutatedMessagesCrashNothingLeakNothingAndDoNothingWithoutAuthority() throws Exception {
        Fuzz.Report report = Fuzz.run(MESSAGES, SEED, folder);
        assertEquals(List.of(), report.problems(), () -> String.join("\n", report.problems()));
        assertEquals(0, report.watchers(), "streams left open");
        assertTrue(report.threadGrowth() < 32, () -> report.threadGrowth() + " threads more");
        assertTrue(report.heapGrowth() < HEAP, () -> report.heapGrowth() + " bytes more");
        for (Status.Code code : List.of(
                Status.Code.OK,
                Status.Code.INVALID_ARGUMENT,
                Status.Code.PERMISSION_DENIED,
                Status.Code.NOT_FOUND,
                Status.Code.FAILED_PRECONDITION)) {
            assertTrue(report.statuses().getOrDefault(code.name(), 0L) > 100, () -> code + " of " + report.statuses());
        }
    }
}
