package io.latticeconsole.server.events;

import com.google.protobuf.InvalidProtocolBufferException;
import io.latticeconsole.codec.Cursor;
import io.latticeconsole.codec.FactCodec;
import io.latticeconsole.codec.MalformedMessage;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.proto.v1.Event;
import io.latticeconsole.server.events.Runs.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;

/// The file of an event log: an SQLite database that this process alone has open. One thread at a time, which waits for
/// the disk.
///
/// `log.mark` is a number that no event has reached: the newest number after [#close], far beyond it while the file is
/// open. So the file of a process that was killed says where numbers are surely unused.
final class EventTable {
    /// How far beyond the newest number the mark is while the file is open: more than a process can ever log, and
    /// little enough for thousands of crashes within the whole numbers of a double.
    static final long AHEAD = 1L << 40;

    private static final int FORMAT = 1;
    private static final List<String> TABLES = List.of(
            "create table log (id text not null, mark integer not null)",
            "create table runs (first integer primary key, last integer not null)",
            "create table events (seq integer primary key, wall_ms integer not null, event blob not null)",
            "pragma user_version = " + FORMAT);

    private final Connection connection;
    private final Retention retention;
    private final String id;
    private final long start;
    private final boolean cut;
    private Runs runs;

    /// Opens a file, which is made if it is not there, for this process alone.
    ///
    /// @throws FileInUse if another process has it
    /// @throws SQLException if it cannot be read and written
    static EventTable open(Path file, Retention retention) throws FileInUse, SQLException {
        Path whole = file.toAbsolutePath();
        Path folder = whole.resolveSibling("");
        NativeLibrary.unpackInto(folder);
        Connection connection = JDBC.createConnection("jdbc:sqlite:" + whole.toUri(), new Properties());
        try {
            EventTable table = new EventTable(connection, retention);
            NativeLibrary.sweep(folder);
            return table;
        } catch (SQLException e) {
            connection.close();
            if (e.getErrorCode() == SQLiteErrorCode.SQLITE_BUSY.code) {
                throw new FileInUse(file, e);
            }
            throw e;
        }
    }

    private EventTable(Connection connection, Retention retention) throws SQLException {
        this.connection = connection;
        this.retention = retention;
        try (Statement sql = connection.createStatement()) {
            sql.execute("pragma busy_timeout = 500");
            sql.execute("pragma locking_mode = exclusive");
            sql.execute("pragma journal_mode = wal");
            sql.execute("pragma max_page_count = " + Math.max(16, retention.bytes() / number(sql, "pragma page_size")));
            // The mark must be on the disk before a number is given; events may lag behind.
            sql.execute("pragma synchronous = full");
            makeTables(sql);
            id = readId(sql);
            start = number(sql, "select mark from log");
            Runs before = readRuns(sql);
            cut = before.last() != start;
            runs = cut || before.runs().isEmpty() ? before.with(new Run(start + 1, start)) : before;
            atomically(() -> {
                mark(start + AHEAD);
                put(runs.newest());
            });
            sql.execute("pragma synchronous = normal");
        }
    }

    private static long number(Statement sql, String query) throws SQLException {
        try (ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void makeTables(Statement sql) throws SQLException {
        long format = number(sql, "pragma user_version");
        if (format == 0) {
            atomically(() -> {
                for (String table : TABLES) {
                    sql.execute(table);
                }
                sql.execute("insert into log values ('" + UUID.randomUUID() + "', 0)");
            });
        } else {
            requireFormat(sql);
        }
    }

    /// Refuses a file that another version of this program wrote.
    static void requireFormat(Statement sql) throws SQLException {
        long format = number(sql, "pragma user_version");
        if (format != FORMAT) {
            throw new SQLException("it has format " + format + ", this program writes format " + FORMAT);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void atomically(Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } catch (SQLException e) {
            undo(e);
            throw e;
        }
        connection.setAutoCommit(true);
    }

    private void undo(SQLException why) {
        // SQLite may have undone it already, as it does when the disk is full: then both complain.
        for (Work step : List.<Work>of(connection::rollback, () -> connection.setAutoCommit(true))) {
            try {
                step.run();
            } catch (SQLException e) {
                why.addSuppressed(e);
            }
        }
    }

    static String readId(Statement sql) throws SQLException {
        try (ResultSet row = sql.executeQuery("select id from log")) {
            row.next();
            return row.getString(1);
        }
    }

    static Runs readRuns(Statement sql) throws SQLException {
        List<Run> runs = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery("select first, last from runs order by first")) {
            while (rows.next()) {
                runs.add(new Run(rows.getLong(1), rows.getLong(2)));
            }
        }
        return new Runs(runs);
    }

    private void mark(long value) throws SQLException {
        try (PreparedStatement sql = connection.prepareStatement("update log set mark = ?")) {
            sql.setLong(1, value);
            sql.executeUpdate();
        }
    }

    /// The name of the numbering, made with the file.
    String id() {
        return id;
    }

    /// The number before the first one that this process may give.
    long start() {
        return start;
    }

    /// Whether the process before this one ended without closing the file.
    boolean cut() {
        return cut;
    }

    /// Which numbers have been written.
    Runs runs() {
        return runs;
    }

    /// Writes events, all or none.
    void write(List<EventRecord> events) throws SQLException {
        Runs next = runs.with(new Run(runs.newest().first(), events.getLast().seq()));
        atomically(() -> {
            try (PreparedStatement row = connection.prepareStatement("insert into events values (?, ?, ?)")) {
                for (EventRecord event : events) {
                    row.setLong(1, event.seq());
                    row.setLong(2, event.wallTime().toEpochMilli());
                    row.setBytes(3, FactCodec.toProto(event).toByteArray());
                    row.addBatch();
                }
                row.executeBatch();
            }
            put(next.newest());
        });
        runs = next;
    }

    private void put(Run run) throws SQLException {
        try (PreparedStatement sql = connection.prepareStatement("insert or replace into runs values (?, ?)")) {
            sql.setLong(1, run.first());
            sql.setLong(2, run.last());
            sql.executeUpdate();
        }
    }

    /// Up to `limit` events after that one, oldest first.
    List<EventRecord> after(long seq, int limit) throws SQLException {
        List<EventRecord> events = new ArrayList<>();
        try (PreparedStatement sql =
                connection.prepareStatement("select event from events where seq > ? order by seq limit ?")) {
            sql.setLong(1, seq);
            sql.setInt(2, limit);
            try (ResultSet rows = sql.executeQuery()) {
                while (rows.next()) {
                    events.add(FactCodec.fromProto(Event.parseFrom(rows.getBytes(1)), Cursor.at("event")));
                }
            }
        } catch (InvalidProtocolBufferException | MalformedMessage e) {
            throw new SQLException("an event cannot be read: " + e.getMessage(), e);
        }
        return events;
    }

    /// Deletes what is too old or too much.
    void forget(Instant now) throws SQLException {
        try (PreparedStatement young =
                        connection.prepareStatement("select seq from events where wall_ms >= ? order by seq limit 1");
                PreparedStatement old = connection.prepareStatement("delete from events where seq <= ?")) {
            young.setLong(1, now.minus(retention.age()).toEpochMilli());
            long upTo = runs.last();
            try (ResultSet row = young.executeQuery()) {
                upTo = row.next() ? row.getLong(1) - 1 : upTo;
            }
            old.setLong(1, Math.max(upTo, runs.beforeNewest(retention.events())));
            old.executeUpdate();
        }
    }

    /// Closes the file; after this the next process goes on with the next number.
    void close() throws SQLException {
        try (connection) {
            mark(runs.last());
        }
    }

    /// Gives the file up after a failure. If it still takes that much, it is told how far numbers went without it, so
    /// that events which it never got count as lost later.
    void abandon(long last) throws SQLException {
        try (connection) {
            atomically(() -> {
                put(new Run(runs.newest().first(), last));
                mark(last);
            });
        }
    }

    /// Another process has the file.
    static final class FileInUse extends IOException {
        private static final long serialVersionUID = 1;

        FileInUse(Path file, SQLException cause) {
            super(file + " is in use by another process; each lattice needs a state directory of its own", cause);
        }
    }
}
