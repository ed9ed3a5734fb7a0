package io.latticeconsole.agent.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// NVML as a shared library built by the machine's C compiler, whose state a test changes while it runs.
final class StandInNvml {
    private final Path folder;
    private final Map<String, String> state = new TreeMap<>();
    private final Path library;

    StandInNvml(Path folder, String... defines) throws IOException, InterruptedException {
        this.folder = folder;
        this.library = folder.resolve("libnvidia-ml.so.1");
        Path source = folder.resolve("standin_nvml.c");
        try (InputStream in = StandInNvml.class.getResourceAsStream("standin_nvml.c")) {
            Files.copy(Objects.requireNonNull(in), source);
        }
        List<String> line = new ArrayList<>(
                List.of("gcc", "-shared", "-fPIC", "-w", "-DSTATE_FILE=\"" + folder.resolve("state") + "\""));
        for (String define : defines) {
            line.add("-D" + define);
        }
        line.addAll(List.of("-o", library.toString(), source.toString()));
        Process gcc;
        try {
            gcc = new ProcessBuilder(line).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new AssertionError(
                    "this test builds a small shared library and needs gcc: install it (apt-get install gcc libc6-dev)",
                    e);
        }
        String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, gcc.waitFor(), () -> "gcc cannot build the stand-in for NVML: " + said);
        write();
    }

    String path() {
        return library.toString();
    }

    /// Sets a value; what was set before stays.
    StandInNvml set(String key, Object value) {
        state.put(key, value.toString());
        return write();
    }

    StandInNvml clear() {
        state.clear();
        return write();
    }

    private StandInNvml write() {
        try {
            StringBuilder text = new StringBuilder();
            state.forEach((k, v) -> text.append(k).append(' ').append(v).append('\n'));
            Path next = Files.writeString(folder.resolve("state.next"), text);
            Files.move(next, folder.resolve("state"), StandardCopyOption.ATOMIC_MOVE);
            return this;
        } catch (IOException e) {
            return fail(e);
        }
    }
}
