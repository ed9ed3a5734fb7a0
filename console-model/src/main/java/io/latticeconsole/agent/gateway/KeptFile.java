package io.latticeconsole.agent.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A small file in the state folder that is written whole, by a thread of its own; without a folder nothing is kept.
final class KeptFile implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(KeptFile.class.getName());

    private final @Nullable Path path;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("kept").factory());

    KeptFile(@Nullable Path folder, String name) {
        path = folder == null ? null : folder.resolve(name);
    }

    boolean isKept() {
        return path != null;
    }

    /// What it holds; null where there is none.
    byte @Nullable [] read() throws IOException {
        return path == null || !Files.exists(path) ? null : Files.readAllBytes(path);
    }

    /// What makes the content of the file, on the file's thread.
    interface Content {
        byte[] bytes() throws IOException;
    }

    /// Puts a new content in the place of the old one, which stays whole until then. Does not wait.
    void write(Content content) {
        Path to = path;
        if (to != null) {
            writer.execute(() -> write(to, content));
        }
    }

    private static void write(Path to, Content content) {
        try {
            Path fresh = to.resolveSibling(to.getFileName() + ".new");
            Files.write(fresh, content.bytes());
            Files.move(fresh, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} cannot be written, and a restart would forget: {1}",
                    to,
                    e.toString());
        }
    }

    /// Ends once all is written.
    @Override
    public void close() {
        writer.shutdown();
        try {
            var _ = writer.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return String.valueOf(path);
    }
}
