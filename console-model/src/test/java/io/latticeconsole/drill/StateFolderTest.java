package io.latticeconsole.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.server.FreePorts;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.LinkState;
import io.latticeconsole.store.SeenEvent;
import io.latticeconsole.wire.LatticeConnection;
import io.latticeconsole.wire.StoreWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Events of a drill lattice outlast its process.
@Timeout(180)
class StateFolderTest {
    private record Place(GatewayId gateway, long seq) {}

    @TempDir
    private Path folder;

    @TempDir
    private Path temporary;

    private static ConsoleState awaitLive(LatticeStore store) throws Exception {
        return StoreWatch.await(
                store,
                s -> s.endpoints().size() == 5
                        && s.endpoints().values().stream().allMatch(e -> e.link() == LinkState.LIVE));
    }

    private static void crash(LatticeConnection connection, ConsoleState state, int node) throws Exception {
        FaultSpec spec =
                new FaultSpec(FaultKind.NODE_CRASH, List.of(state.nodes().ids().get(node)), 0, 0, 0, 0, "");
        connection.orders().inject(spec).get(30, TimeUnit.SECONDS);
    }

    private static long crashes(ConsoleState state) {
        return state.events().stream()
                .filter(e -> e.event().type().equals("NODE_DOWN"))
                .count();
    }

    /// Every number once, and every event that was seen before is seen still.
    private static Map<Place, EventRecord> journal(ConsoleState state) {
        Map<Place, EventRecord> all = new HashMap<>();
        for (SeenEvent seen : state.events()) {
            EventRecord before = all.put(new Place(seen.gateway(), seen.event().seq()), seen.event());
            assertNull(before, "twice");
        }
        return all;
    }

    @Test
    void aKilledLatticeComesBackWithItsEventsAndNoNumberTwice() throws Exception {
        int port = FreePorts.take("127.0.0.1", 0, 5).getFirst().getPort();
        try (LatticeStore store = LatticeStore.start();
                DrillProcess first = new DrillProcess(folder, temporary, port);
                LatticeConnection connection = LatticeConnection.open(first.addresses(), "ana", store)) {
            ConsoleState state = awaitLive(store);
            crash(connection, state, 1);
            crash(connection, state, 2);
            Map<Place, EventRecord> before = journal(StoreWatch.await(store, s -> crashes(s) >= 2));
            // What it logs in its very last moment may die with it: this one need not come back.
            crash(connection, state, 4);
            StoreWatch.await(store, s -> crashes(s) >= 3);
            first.close();
            assertEquals(List.of(), libraries(temporary));
            Files.writeString(folder.resolve("sqlite-3.0-left-behind-libsqlitejdbc.so"), "of one that was killed");
            StoreWatch.await(store, s -> s.endpoints().values().stream().allMatch(e -> e.link() == LinkState.LOST));
            try (DrillProcess second = new DrillProcess(folder, temporary, port)) {
                second.addresses();
                state = awaitLive(store);
                crash(connection, state, 3);
                state = StoreWatch.await(store, s -> crashes(s) >= 4 && cuts(s) == 5);
                Map<Place, EventRecord> after = journal(state);
                before.forEach((number, event) -> assertEquals(event, after.get(number)));
                assertTrue(state.endpoints().values().stream().allMatch(e -> e.eventsLost() == 0));
                firstComesAfterTheCrash(second, before);
                second.close();
                assertEquals(List.of(), libraries(temporary));
                assertEquals(List.of(), libraries(folder));
            }
        }
    }

    /// Copies of SQLite's library, which nobody deletes once their process is killed.
    private static List<Path> libraries(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.filter(f -> f.getFileName().toString().contains("sqlitejdbc"))
                    .toList();
        }
    }

    /// A console that was not there before sees what happened, once and in order.
    private static void firstComesAfterTheCrash(DrillProcess lattice, Map<Place, EventRecord> before) throws Exception {
        try (LatticeStore store = LatticeStore.start();
                LatticeConnection _ = LatticeConnection.open(lattice.known(), "ben", store)) {
            ConsoleState state = StoreWatch.await(store, s -> crashes(s) >= 3 && cuts(s) == 5);
            Map<Place, EventRecord> all = journal(state);
            before.forEach((number, event) -> assertEquals(event, all.get(number)));
            Map<GatewayId, Long> last = new HashMap<>();
            for (SeenEvent seen : state.events()) {
                Long former = last.put(seen.gateway(), seen.event().seq());
                assertTrue(former == null || former < seen.event().seq(), "in the order of numbers");
            }
            assertTrue(state.endpoints().values().stream().allMatch(e -> e.eventsLost() == 0));
        }
    }

    private static long cuts(ConsoleState state) {
        return state.events().stream()
                .filter(e -> e.event().type().equals("EVENT_LOG_CUT"))
                .count();
    }

    @Test
    void aSecondProcessIsRefusedAndAnEndedOneLeavesNoGap() throws Exception {
        try (DrillProcess first = new DrillProcess(folder, temporary, 0)) {
            first.addresses();
            try (DrillProcess second = new DrillProcess(folder, temporary, 0)) {
                String refused = second.says("REFUSED");
                assertTrue(refused.contains("is in use by another process"), refused);
                assertTrue(refused.contains(folder.toString()), refused);
                assertEquals(1, second.exitCode());
            }
            first.end();
        }
        try (DrillLattice drill =
                        DrillLattice.start(new DrillOptions(12, 1, 20, null, "127.0.0.1", 0).withState(folder));
                LatticeStore store = LatticeStore.start();
                LatticeConnection _ = LatticeConnection.open(drill.addresses(), "ana", store)) {
            ConsoleState state = awaitLive(store);
            assertTrue(state.endpoints().values().stream().allMatch(e -> e.lastEventSeq() < 1_000_000));
            assertEquals(0, cuts(state));
        }
    }

    @Test
    void aFolderThatCannotBeIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        for (Path state : List.of(file, file.resolve("below"), Path.of("/proc"), Path.of("/proc/no-such-folder"))) {
            DrillOptions options = new DrillOptions(12, 1, 20, null, "127.0.0.1", 0).withState(state);
            IOException e = assertThrows(
                    IOException.class, () -> DrillLattice.start(options).close());
            assertTrue(e.toString().contains("cannot keep events in " + state), e::toString);
        }
    }
}
