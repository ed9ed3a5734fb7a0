package io.latticeconsole.server.events;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.server.events.EventLog.Notice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DiskEventLogTest {
    private static final int NEWEST = 4;

    @TempDir
    private Path folder;

    private Path file;
    private volatile Instant now = Events.T0;

    @BeforeEach
    void name() {
        file = folder.resolve("eu-events.sqlite");
    }

    private EventLog open(Path at, Retention retention) throws IOException {
        return DiskEventLog.open(at, retention, NEWEST, () -> now);
    }

    private EventLog open() throws IOException {
        return open(file, Retention.DEFAULT);
    }

    private static List<Long> numbers(EventLog log, long after, int limit) {
        return log.after(after, limit).join().stream().map(EventRecord::seq).toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static BlockingQueue<Notice> notices(EventLog log) {
        BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
        log.onNotice(notices::add);
        return notices;
    }

    private static void append(EventLog log, long first, long last) {
        LongStream.rangeClosed(first, last).mapToObj(Events::event).forEach(log::append);
    }

    @Test
    void numbersAndEventsGoOnAfterARestart() throws Exception {
        String id;
        try (EventLog log = open()) {
            id = log.id();
            assertEquals(0, log.lastSeq());
            append(log, 1, 10);
            assertEquals(range(1, 10), numbers(log, 0, 100));
            log.close(); // and once more at the end of the block
        }
        try (EventLog log = open()) {
            assertEquals(id, log.id());
            assertEquals(10, log.lastSeq());
            append(log, 11, 13);
            assertEquals(range(3, 13), numbers(log, 2, 100));
            assertEquals(range(3, 5), numbers(log, 2, 3));
            assertEquals(range(12, 13), numbers(log, 11, 3));
            assertEquals(13, log.given(0, Long.MAX_VALUE));
            assertEquals(Events.event(2), log.after(1, 1).join().getFirst());
            assertTrue(notices(log).isEmpty());
            assertThrows(IllegalArgumentException.class, () -> log.append(Events.event(13)));
        }
    }

    /// Whatever is logged, and however the process ends: no number twice, and what is told to be there is there.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noNumberIsUsedTwiceHoweverTheProcessEnds(long seed) throws Exception {
        Random random = new Random(seed);
        List<Long> all = new ArrayList<>();
        for (int life = 0; life < 8; life++) {
            EventLog log = open();
            int count = random.nextInt(12);
            for (int i = 0; i < count; i++) {
                long seq = log.lastSeq() + 1;
                assertTrue(all.isEmpty() || seq > all.getLast(), "a number came again");
                log.append(Events.event(seq));
                all.add(seq);
            }
            assertEquals(all, numbers(log, -1, 1000), "asked of the file, after all was written");
            assertEquals(all.size(), log.given(0, Long.MAX_VALUE));
            if (random.nextBoolean()) {
                log.close();
            } else {
                file = asItLies(folder.resolve("life-" + life + ".sqlite"));
                log.close();
            }
        }
    }

    /// The file as a process leaves it that is killed now.
    private Path asItLies(Path copy) throws IOException {
        Files.copy(file, copy);
        Path wal = Path.of(file + "-wal");
        if (Files.exists(wal)) {
            Files.copy(wal, Path.of(copy + "-wal"));
        }
        return copy;
    }

    @Test
    void aStopWithoutNoticeIsTold() throws Exception {
        Path copy;
        try (EventLog log = open()) {
            append(log, 1, 10);
            assertEquals(range(1, 10), numbers(log, 0, 100));
            copy = asItLies(folder.resolve("killed.sqlite"));
        }
        try (EventLog log = open(copy, Retention.DEFAULT)) {
            assertTrue(log.lastSeq() > 1_000_000_000L);
            Notice notice = notices(log).remove();
            assertEquals("EVENT_LOG_CUT", notice.type());
            assertTrue(notice.message().contains("after event 10"), notice::message);
            assertEquals(0, log.given(10, Long.MAX_VALUE), "numbers that were jumped over are not lost events");
            append(log, log.lastSeq() + 1, log.lastSeq() + 3);
            assertEquals(log.lastSeq() - 2, log.beforeNewest(2));
            assertEquals(6, log.beforeNewest(7), "seven events, wherever their numbers are");
            assertEquals(0, log.beforeNewest(500));
        }
    }

    @Test
    void anotherProcessIsRefused() throws Exception {
        try (EventLog log = open()) {
            append(log, 1, 1);
            IOException refused = assertThrows(IOException.class, this::open);
            assertTrue(refused.toString().contains(file + " is in use"), refused::toString);
            append(log, 2, 9);
            assertEquals(range(1, 9), numbers(log, 0, 100));
        }
    }

    @Test
    void aFileThatIsNoEventLogIsLeftAloneAndTold() throws Exception {
        byte[] other = "this was written by something else\n".repeat(200).getBytes(StandardCharsets.UTF_8);
        Files.write(file, other);
        try (EventLog log = open()) {
            append(log, 1, 3);
            assertEquals(range(1, 3), numbers(log, 0, 100));
            assertEquals("", log.id());
            Notice notice = notices(log).remove();
            assertEquals("EVENT_LOG_FAILED", notice.type());
            assertTrue(notice.message().contains(file.toString()), notice::message);
            assertTrue(notice.message().contains("not a database"), notice::message);
        }
        assertArrayEquals(other, Files.readAllBytes(file));
    }

    /// Root may write in any folder, but not everywhere is a folder, and not every file system takes files.
    @Test
    void aPlaceThatTakesNoFileIsToldInOneSentenceAndTheLogIsInMemory() throws Exception {
        Files.writeString(file, "x");
        for (Path nowhere : List.of(file.resolve("events.sqlite"), Path.of("/proc/events.sqlite"))) {
            try (EventLog log = open(nowhere, Retention.DEFAULT)) {
                append(log, 1, 3);
                assertEquals(range(1, 3), numbers(log, 0, 100));
                Notice notice = notices(log).remove();
                assertEquals("EVENT_LOG_FAILED", notice.type());
                assertTrue(notice.message().contains("will not outlast a restart: " + nowhere + ": "), notice::message);
                assertEquals(OptionalLong.empty(), log.goneWith("", 0));
            }
        }
    }

    @Test
    void eventsOfAFileThatCanOnlyBeReadCountAsGone() throws Exception {
        String id;
        try (EventLog log = open()) {
            id = log.id();
            append(log, 1, 60);
        }
        Files.createDirectory(Path.of(file + "-wal")); // where SQLite has to write first
        try (EventLog log = open()) {
            assertEquals("EVENT_LOG_FAILED", notices(log).remove().type());
            assertEquals("", log.id());
            assertEquals(OptionalLong.of(30), log.goneWith(id, 30));
            assertEquals(OptionalLong.of(0), log.goneWith(id, 60));
            assertEquals(OptionalLong.empty(), log.goneWith("another", 30));
        }
    }

    @Test
    void aSpoiledFileIsTold() throws Exception {
        try (EventLog log = open()) {
            append(log, 1, 2000);
        }
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 8192; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Files.write(file, bytes);
        try (EventLog log = open()) {
            BlockingQueue<Notice> told = notices(log);
            numbers(log, 0, 100);
            append(log, log.lastSeq() + 1, log.lastSeq() + 3);
            Notice notice = told.poll(20, TimeUnit.SECONDS);
            assertTrue(notice != null && notice.type().equals("EVENT_LOG_FAILED"));
            assertEquals(3, numbers(log, log.lastSeq() - 3, 100).size());
        }
    }

    @Test
    void aFullDiskIsToldOnceAndTheLogGoesOnInMemory() throws Exception {
        Retention small = new Retention(Duration.ofDays(1), 1_000_000, 100_000);
        long last;
        try (EventLog log = open(file, small)) {
            BlockingQueue<Notice> told = notices(log);
            Notice full = null;
            while (full == null) {
                append(log, log.lastSeq() + 1, log.lastSeq() + 500);
                assertEquals(
                        log.lastSeq(), numbers(log, log.lastSeq() - NEWEST, 100).getLast());
                numbers(log, 0, 1);
                full = told.poll();
            }
            assertEquals("EVENT_LOG_FAILED", full.type());
            assertTrue(full.message().contains("full"), full::message);
            append(log, log.lastSeq() + 1, log.lastSeq() + 500);
            last = log.lastSeq();
            assertEquals(range(last - NEWEST + 1, last), numbers(log, 0, 100));
            assertEquals(last, log.given(0, last));
            assertTrue(told.isEmpty());
        }
        try (EventLog log = open()) {
            assertEquals(last, log.lastSeq(), "numbers given in memory do not come again");
            assertEquals(range(1, 500), numbers(log, 0, 500));
            assertEquals(last, log.given(0, last), "events that the file never got count as lost");
            List<Long> kept = numbers(log, 0, 1_000_000);
            assertTrue(kept.size() < last - 500, kept.size() + " of " + last + " are kept");
        }
    }

    @Test
    void whatIsTooOldGoesAndCountsAsLost() throws Exception {
        try (EventLog log = open()) {
            append(log, 1, 50);
            numbers(log, 0, 1);
            now = Events.T0.plus(Retention.DEFAULT.age()).plusSeconds(31);
            log.append(Events.event(51, now));
            assertEquals(range(31, 51), numbers(log, 0, 100));
            assertEquals(51, log.given(0, Long.MAX_VALUE));
        }
        now = now.plus(Retention.DEFAULT.age()).plusSeconds(100);
        try (EventLog log = open()) {
            assertEquals(51, log.lastSeq(), "numbers outlast their events");
        }
    }

    @Test
    void whatIsTooMuchGoes() throws Exception {
        Retention few = new Retention(Duration.ofDays(1), 20, 1 << 20);
        try (EventLog log = open(file, few)) {
            append(log, 1, 50);
            numbers(log, 0, 1);
            now = now.plus(Duration.ofHours(1));
            append(log, 51, 51);
            assertEquals(range(32, 51), numbers(log, 0, 100));
        }
    }

    @Test
    void eachFileHasItsOwnNumbering() throws Exception {
        try (EventLog one = open();
                EventLog other = open(folder.resolve("us-events.sqlite"), Retention.DEFAULT)) {
            assertNotEquals(one.id(), other.id());
        }
    }
}
