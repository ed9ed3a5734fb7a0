package io.latticeconsole.drill;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A small drill lattice in a process of its own that keeps its events in a folder; one that tests can kill.
final class DrillProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader says;
    private List<String> known = List.of();

    /// `temporary` is what the machine has for files that nobody keeps.
    DrillProcess(Path state, Path temporary, int port) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        DrillProcess.class.getName(),
                        state.toString(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        says = process.inputReader(StandardCharsets.UTF_8);
    }

    /// The child's own program: the addresses on one line, or a sentence.
    static void main(String[] args) throws Exception {
        DrillOptions options = new DrillOptions(12, 1, 20, null, "127.0.0.1", Integer.parseInt(args[1]));
        try (DrillLattice lattice = DrillLattice.start(options.withState(Path.of(args[0])))) {
            IO.println("LISTENS " + String.join(",", lattice.addresses()));
            System.in.read();
        } catch (IOException e) {
            IO.println("REFUSED " + e.getMessage());
            System.exit(1);
        }
    }

    /// What it says after that word.
    String says(String word) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = says.readLine(); line != null; line = says.readLine()) {
            if (line.startsWith(word + " ")) {
                return line.substring(word.length() + 1);
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("the child never said " + word + " but:\n" + all);
    }

    /// Waits until it listens.
    List<String> addresses() throws IOException {
        known = Stream.of(says("LISTENS").split(",")).toList();
        return known;
    }

    /// Where it was last said to listen.
    List<String> known() {
        return known;
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the child is still running");
        }
        return process.exitValue();
    }

    /// Ends it at once, as `kill -9` does.
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Lets it end in its own time.
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        exitCode();
    }
}
