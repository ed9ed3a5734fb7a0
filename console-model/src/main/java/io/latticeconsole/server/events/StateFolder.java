package io.latticeconsole.server.events;

import io.latticeconsole.lattice.GatewayId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The folder where endpoints keep what outlasts a restart; null where nothing does.
public final class StateFolder {
    private StateFolder() {}

    /// Makes it, and tries whether it can be written.
    ///
    /// @throws IOException a sentence with its name
    public static void make(@Nullable Path folder) throws IOException {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("cannot keep events in " + folder + ": it is not a folder", e);
        } catch (IOException e) {
            throw new IOException("cannot keep events in " + folder + ": it cannot be made", e);
        }
        // What a system says of its permissions is not the whole truth: a file system may be read-only, or full.
        try {
            Files.delete(Files.createTempFile(folder, "lattice-", ".try"));
        } catch (IOException e) {
            throw new IOException("cannot keep events in " + folder + ": nothing can be written there", e);
        }
    }

    /// The event log of a gateway in it.
    ///
    /// @param newest how many events are kept in memory
    /// @throws IOException if another process has it
    public static EventLog log(@Nullable Path folder, GatewayId gateway, int newest, InstantSource wall)
            throws IOException {
        return folder == null
                ? new MemoryEventLog(newest)
                : DiskEventLog.open(folder.resolve(gateway.code() + "-events.sqlite"), Retention.DEFAULT, newest, wall);
    }
}
