package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.security.Protection;
import io.latticeconsole.server.events.DiskEventLog;
import io.latticeconsole.server.events.EventLog;
import io.latticeconsole.server.events.Retention;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.LinkState;
import io.latticeconsole.wire.LatticeConnection;
import io.latticeconsole.wire.StoreWatch;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server with its events on disk stops and comes back at the same address, and a console was there before.
@Timeout(90)
class RestartTest {
    private static final InstantSource WALL = InstantSource.system();

    @TempDir
    private Path folder;

    private InetSocketAddress address;

    @BeforeEach
    void pick() throws Exception {
        address = FreePorts.take("127.0.0.1", 0, 1).getFirst();
    }

    /// One life of a server.
    private record Life(ScriptedGateway gateway, EventLog log, EndpointServer server) implements AutoCloseable {
        void log(int from, int to) {
            IntStream.rangeClosed(from, to).forEach(i -> gateway.publish(SmallLattice.event(i, "m" + i)));
        }

        @Override
        public void close() {
            server.close();
            log.close();
        }
    }

    private Life live() throws Exception {
        ScriptedGateway gateway = new ScriptedGateway(12);
        EventLog log = DiskEventLog.open(folder.resolve("eu.sqlite"), Retention.DEFAULT, 4, WALL);
        return new Life(
                gateway,
                log,
                EndpointServer.start(
                        gateway,
                        address,
                        Map.of(SmallLattice.EU, FreePorts.text(address)),
                        EndpointLimits.DEFAULT,
                        log,
                        Protection.LOOPBACK,
                        WALL));
    }

    private static List<String> told(ConsoleState state) {
        return state.events().stream().map(e -> e.event().message()).sorted().toList();
    }

    private static ConsoleState awaitEvents(LatticeStore store, int count) throws Exception {
        return StoreWatch.await(store, s -> s.events().size() >= count);
    }

    private ConsoleState awaitLink(LatticeStore store, LinkState link) throws Exception {
        return StoreWatch.await(store, s -> s.endpoints().values().stream().anyMatch(e -> e.link() == link));
    }

    @Test
    void aConsoleThatWasThereBeforeMissesNothingAndSeesNothingTwice() throws Exception {
        try (LatticeStore store = LatticeStore.start()) {
            Life first = live();
            try (LatticeConnection _ =
                    LatticeConnection.open(List.of(first.server().address()), "ana", store)) {
                awaitLink(store, LinkState.LIVE);
                first.log(1, 30);
                awaitEvents(store, 30);
                first.gateway().controlLost = true;
                awaitLink(store, LinkState.LOST);
                first.log(31, 60);
                first.close();
                try (Life second = live()) {
                    second.log(1, 25);
                    awaitEvents(store, 85);
                    awaitLink(store, LinkState.LIVE);
                    second.log(26, 27);
                    ConsoleState state = awaitEvents(store, 87);
                    assertEquals(
                            IntStream.rangeClosed(1, 87).boxed().toList(),
                            state.events().stream()
                                    .map(e -> (int) e.event().seq())
                                    .sorted()
                                    .toList());
                    assertEquals(2, told(state).stream().filter("m27"::equals).count(), "once of each life");
                    assertTrue(state.endpoints().values().stream().allMatch(e -> e.eventsLost() == 0));
                }
            }
            assertEquals(0, store.failures());
        }
    }

    @Test
    void eventsThatNobodyFetchedBeforeTheLogFellBackToMemoryCountAsLost() throws Exception {
        try (LatticeStore store = LatticeStore.start()) {
            Life first = live();
            try (LatticeConnection _ =
                    LatticeConnection.open(List.of(first.server().address()), "ana", store)) {
                awaitLink(store, LinkState.LIVE);
                first.log(1, 30);
                awaitEvents(store, 30);
                first.gateway().controlLost = true;
                awaitLink(store, LinkState.LOST);
                first.log(31, 60);
                first.close();
                Files.createDirectory(folder.resolve("eu.sqlite-wal")); // where SQLite has to write first
                try (Life second = live()) {
                    second.log(1, 3);
                    awaitEvents(store, 34);
                    ConsoleState state = StoreWatch.await(store, s -> lost(s) > 0);
                    assertEquals(30, lost(state));
                    assertEquals(34, state.events().size(), "30 before, 3 after, and that the log is in memory");
                }
            }
            assertEquals(0, store.failures());
        }
    }

    private static long lost(ConsoleState state) {
        return state.endpoints().values().stream()
                .mapToLong(e -> e.eventsLost())
                .sum();
    }

    @Test
    void aFileThatCannotBeUsedIsToldAsAnEventAndTheServerServes() throws Exception {
        Files.writeString(folder.resolve("eu.sqlite"), "no database ".repeat(500));
        try (LatticeStore store = LatticeStore.start();
                Life life = live();
                LatticeConnection _ =
                        LatticeConnection.open(List.of(life.server().address()), "ana", store)) {
            life.log(1, 3);
            EventRecord said = awaitEvents(store, 4).events().stream()
                    .map(e -> e.event())
                    .filter(e -> e.type().equals("EVENT_LOG_FAILED"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(said.message().contains("eu.sqlite"), said::message);
            assertEquals("gateways/eu", said.subject());
            assertEquals(0, life.server().failures());
        }
    }
}
