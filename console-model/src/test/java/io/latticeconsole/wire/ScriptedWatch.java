package io.latticeconsole.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.LinkState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A console on a [ScriptedLattice] whose clock the test moves on.
abstract class ScriptedWatch {
    private static final Duration PAST_BACK_OFF = Duration.ofSeconds(1);

    final HandRunLane lane = new HandRunLane();
    ScriptedLattice server;
    LatticeStore store;
    LatticeConnection connection;

    @BeforeEach
    void open() throws Exception {
        server = new ScriptedLattice(Script.info("e1"));
        store = LatticeStore.start();
        connection = LatticeConnection.open(List.of(server.address()), "ana", store, WatchRequest.NEWEST, lane);
    }

    @AfterEach
    void close() throws Exception {
        assertEquals(0, store.failures());
        assertEquals(0, connection.failures());
        connection.close();
        store.close();
        server.close();
    }

    EndpointState endpoint(ConsoleState state) {
        return Objects.requireNonNull(state.endpoints().get(server.address()));
    }

    ConsoleState awaitLink(LinkState link) throws Exception {
        return StoreWatch.await(
                store,
                s -> s.endpoints().containsKey(server.address()) && endpoint(s).link() == link);
    }

    ConsoleState awaitRevision(long revision) throws Exception {
        return StoreWatch.await(
                store,
                s -> s.endpoints().containsKey(server.address()) && endpoint(s).revision() == revision);
    }

    /// The console's next stream; the clock moves on until it comes.
    ScriptedLattice.Watch watchAgain() throws Exception {
        for (int i = 0; i < 200; i++) {
            lane.advance(PAST_BACK_OFF);
            var watch = server.watchWithin(Duration.ofMillis(100));
            if (watch != null) {
                return watch;
            }
        }
        throw new AssertionError("the console did not watch again: " + endpoint(store.state()));
    }

    static List<Long> sequence(ConsoleState state) {
        return state.events().stream().map(e -> e.event().seq()).toList();
    }
}
