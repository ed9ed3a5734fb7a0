package io.latticeconsole.server.events;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where SQLite's native library is unpacked: beside the first event log, instead of the machine's temporary folder,
/// where every killed process would leave a copy that nobody deletes. A folder that was set from outside stays.
final class NativeLibrary {
    private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());
    private static final String FOLDER = "org.sqlite.tmpdir";
    /// A few times what the library takes: a full disk must not keep it from being loaded, so that SQLite can say
    /// itself what is wrong, and what is on the disk can be read.
    private static final long ROOM_BYTES = 8 << 20;

    private static @Nullable Path chosen;

    private NativeLibrary() {}

    /// Before a connection is made: the first one of a process unpacks.
    static synchronized void unpackInto(Path folder) {
        if (chosen == null && System.getProperty(FOLDER) == null && hasRoom(folder)) {
            System.setProperty(FOLDER, folder.toString());
            chosen = folder;
        }
    }

    private static boolean hasRoom(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, "sqlite-", ".try"));
            return Files.getFileStore(folder).getUsableSpace() >= ROOM_BYTES;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, folder + " takes no file", e);
            return false;
        }
    }

    /// Once the folder is known to be ours: deletes what killed processes left there, and our own copy where the
    /// system lets a loaded library go; else the next process does.
    static synchronized void sweep(Path folder) {
        if (!folder.equals(chosen)) {
            return;
        }
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder, "sqlite-*sqlitejdbc*")) {
            for (Path copy : copies) {
                delete(copy);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot look through " + folder, e);
        }
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, copy + " is in use", e);
        }
    }
}
