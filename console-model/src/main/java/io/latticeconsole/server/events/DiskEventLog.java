package io.latticeconsole.server.events;

import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Events in a file, so that they and their numbers outlast a restart. A thread of its own writes what was appended in
/// batches and reads what is too old for memory. When the file fails, that is told once, and the log goes on in memory
/// with the same numbers.
public final class DiskEventLog implements EventLog {
    private static final System.Logger LOG = System.getLogger(DiskEventLog.class.getName());
    private static final Duration FORGET_EVERY = Duration.ofMinutes(5);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    /// Events that may wait for the disk.
    private static final int MOST_WAITING = 100_000;

    private final Path file;
    private final InstantSource wall;
    private final EventTable table;
    private final Runs before;
    private final MemoryEventLog newest;
    private final ExecutorService thread;
    private final List<Notice> notices = new ArrayList<>();
    private @Nullable Consumer<Notice> listener;
    private List<EventRecord> waiting = new ArrayList<>();
    private Instant forgotten = Instant.MIN;
    private volatile boolean failed;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// Opens a file, or makes it, for this process alone; the `newest` events are kept in memory too. A file that
    /// cannot be used is left as it is: the log then is in memory only, and says so.
    ///
    /// @throws IOException naming the file if another process has it
    public static EventLog open(Path file, Retention retention, int newest, InstantSource wall) throws IOException {
        try {
            return new DiskEventLog(file, EventTable.open(file, retention), newest, wall);
        } catch (SQLException e) {
            Notice notice = failure(file, e);
            say(notice, e);
            return new MemoryEventLog(newest, 0, List.of(notice), FormerLog.read(file));
        }
    }

    private DiskEventLog(Path file, EventTable table, int newest, InstantSource wall) {
        this.file = file;
        this.table = table;
        this.wall = wall;
        before = table.runs();
        this.newest = new MemoryEventLog(newest, table.start(), List.of(), null);
        thread = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .daemon()
                .name("events in " + file.getFileName())
                .factory());
        if (table.cut()) {
            notices.add(new Notice(
                    "EVENT_LOG_CUT",
                    Severity.LOW,
                    "the endpoint had stopped without notice: of what happened in its last moments, after event "
                            + before.runs().get(before.runs().size() - 2).last() + ", some may be missing"));
        }
    }

    private static Notice failure(Path file, Exception e) {
        return new Notice(
                "EVENT_LOG_FAILED",
                Severity.HIGH,
                "events are kept in memory only and will not outlast a restart: " + file + ": " + e.getMessage());
    }

    private static void say(Notice notice, Exception e) {
        LOG.log(System.Logger.Level.WARNING, notice.message());
        LOG.log(System.Logger.Level.DEBUG, notice.type(), e);
    }

    @Override
    public String id() {
        return table.id();
    }

    @Override
    public void append(EventRecord event) {
        newest.append(event);
        if (failed) {
            return;
        }
        synchronized (this) {
            waiting.add(event);
            if (waiting.size() == 1) {
                thread.execute(this::write);
            } else if (waiting.size() > MOST_WAITING) {
                fail(new SQLException("the disk does not keep up"));
            }
        }
    }

    @Override
    public long lastSeq() {
        return newest.lastSeq();
    }

    @Override
    public long given(long after, long upTo) {
        return before.given(after, Math.min(upTo, table.start())) + newest.given(after, upTo);
    }

    @Override
    public long beforeNewest(int count) {
        long ours = newest.lastSeq() - table.start();
        return count <= ours ? newest.lastSeq() - count : Math.max(0, before.beforeNewest(count - ours));
    }

    @Override
    public OptionalLong goneWith(String log, long after) {
        return OptionalLong.empty();
    }

    @Override
    public CompletableFuture<List<EventRecord>> after(long seq, int limit) {
        if (failed || newest.hasAllAfter(seq)) {
            return newest.after(seq, limit);
        }
        List<EventRecord> inMemory = newest.kept(seq, limit);
        return CompletableFuture.supplyAsync(() -> onDisk(seq, limit, inMemory), thread);
    }

    @Override
    public void onNotice(Consumer<Notice> told) {
        List<Notice> sofar;
        synchronized (this) {
            listener = told;
            sofar = List.copyOf(notices);
        }
        sofar.forEach(told);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            thread.execute(this::closeFile);
            thread.shutdown();
        }
        try {
            if (!thread.awaitTermination(CLOSE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "{0} is still being written", file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // From here on: on the log's thread.

    private void write() {
        List<EventRecord> batch;
        synchronized (this) {
            batch = waiting;
            waiting = new ArrayList<>();
        }
        if (failed || batch.isEmpty()) {
            return;
        }
        try {
            table.write(batch);
            Instant now = wall.instant();
            if (now.isAfter(forgotten.plus(FORGET_EVERY))) {
                forgotten = now;
                table.forget(now);
            }
        } catch (SQLException e) {
            fail(e);
        }
    }

    private List<EventRecord> onDisk(long seq, int limit, List<EventRecord> inMemory) {
        if (failed) {
            return inMemory;
        }
        try {
            return table.after(seq, limit);
        } catch (SQLException e) {
            fail(e);
            return inMemory;
        }
    }

    private void closeFile() {
        write();
        try {
            if (failed) {
                table.abandon(newest.lastSeq());
            } else {
                table.close();
            }
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, file + " was not closed properly", e);
        }
    }

    private void fail(SQLException e) {
        Notice notice = failure(file, e);
        Consumer<Notice> told;
        synchronized (this) {
            if (failed) {
                return;
            }
            failed = true;
            waiting = new ArrayList<>();
            notices.add(notice);
            told = listener;
        }
        say(notice, e);
        if (told != null) {
            told.accept(notice);
        }
    }
}
