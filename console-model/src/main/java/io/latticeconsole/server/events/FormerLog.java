package io.latticeconsole.server.events;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/// The numbering of a file that cannot be written any more, so that the events in it can be counted as lost.
record FormerLog(String id, Runs runs) {
    private static final System.Logger LOG = System.getLogger(FormerLog.class.getName());
    /// Without its write-ahead log a file may still be read, only it then counts a little less.
    private static final List<String> WAYS = List.of("?mode=ro", "?immutable=1");

    /// What a file says, null if it cannot be read either.
    static @Nullable FormerLog read(Path file) {
        for (String way : WAYS) {
            try {
                return read(file.toAbsolutePath().toUri() + way);
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, file + way + " cannot be read", e);
            }
        }
        return null;
    }

    private static FormerLog read(String uri) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + uri, config.toProperties());
                Statement sql = connection.createStatement()) {
            sql.execute("pragma locking_mode = exclusive");
            EventTable.requireFormat(sql);
            return new FormerLog(EventTable.readId(sql), EventTable.readRuns(sql));
        }
    }
}
