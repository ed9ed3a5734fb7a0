package io.latticeconsole.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LinkState;
import io.latticeconsole.telemetry.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WatchBehaviourTest extends ScriptedWatch {
    private static Health health(ConsoleState state, int node) {
        return Objects.requireNonNull(state.lattice().nodes().get(Script.nodeId(node)))
                .health();
    }

    @Test
    void aSnapshotInPartsIsAppliedWholeAtItsLast() throws Exception {
        var watch = server.watch();
        assertFalse(watch.request().hasResume());
        watch.send(Script.part("e1", 5, 0, true, false, Script.region(), Script.node(0, Health.UP)));
        assertTrue(store.state().lattice().nodes().isEmpty());
        watch.send(Script.part("e1", 5, 0, false, true, Script.node(1, Health.UP)));
        ConsoleState state = awaitRevision(5);
        assertEquals(2, state.lattice().nodes().size());
        awaitLink(LinkState.LIVE);
        assertEquals(0, endpoint(store.state()).resyncs());
    }

    @Test
    void aGapIsAnsweredByASnapshotAndWhatIsGoneGoes() throws Exception {
        var watch = server.watch();
        watch.send(
                Script.snapshot("e1", 5, 0, Script.region(), Script.node(0, Health.UP), Script.node(1, Health.UP)),
                Script.delta("e1", 6, Script.node(0, Health.SUSPECT)),
                Script.delta("e1", 8, Script.node(0, Health.DOWN)));
        assertEquals(Health.SUSPECT, health(awaitRevision(6), 0));
        var again = watchAgain();
        assertFalse(again.request().hasResume());
        again.send(Script.snapshot("e1", 9, 0, Script.region(), Script.node(0, Health.DOWN)));
        ConsoleState state = awaitRevision(9);
        assertEquals(Health.DOWN, health(state, 0));
        assertEquals(1, state.lattice().nodes().size());
        assertEquals(1, endpoint(state).resyncs());
    }

    @Test
    void aBrokenStreamResumesWhereTheStoreStands() throws Exception {
        var watch = server.watch();
        watch.send(
                Script.snapshot("e1", 5, 0, Script.region(), Script.node(0, Health.UP)),
                Script.delta("e1", 6, Script.event(1)));
        awaitRevision(6);
        watch.fail(Status.UNAVAILABLE.withDescription("shutting down"));
        ConsoleState lost = awaitLink(LinkState.LOST);
        assertTrue(
                endpoint(lost).problem().contains("shutting down"),
                endpoint(lost).problem());
        assertFalse(lost.isReachable(Script.REGION));
        assertEquals(Health.UP, health(lost, 0));
        var again = watchAgain();
        assertEquals(6, again.request().getResume().getRevision());
        assertEquals("e1", again.request().getResume().getEpoch());
        again.send(Script.delta("e1", 7, Script.event(2)));
        awaitLink(LinkState.LIVE);
        ConsoleState state = awaitRevision(7);
        assertEquals(List.of(1L, 2L), sequence(state));
        assertEquals(0, endpoint(state).resyncs());
        assertEquals("", endpoint(awaitLink(LinkState.LIVE)).problem());
    }

    @Test
    void aStoppedServerIsLostAndFoundAgainByItself() throws Exception {
        server.watch().send(Script.snapshot("e1", 5, 0, Script.region(), Script.node(0, Health.UP)));
        awaitLink(LinkState.LIVE);
        server.stop();
        awaitLink(LinkState.LOST);
        for (int i = 0; i < 3; i++) {
            lane.advance(Duration.ofSeconds(15));
        }
        StoreWatch.await(store, s -> endpoint(s).problem().contains("refuses the connection"));
        server.comeBack();
        watchAgain().send(Script.heartbeat("e1", 5, 0));
        awaitLink(LinkState.LIVE);
    }

    @Test
    void silenceMakesALinkSuspectAndLongSilenceLost() throws Exception {
        var watch = server.watch();
        watch.send(Script.snapshot("e1", 5, 0, Script.region()));
        awaitLink(LinkState.LIVE);
        lane.advance(Duration.ofSeconds(2));
        assertEquals(LinkState.LIVE, endpoint(store.state()).link());
        for (int i = 0; i < 4; i++) {
            lane.advance(Duration.ofMillis(250));
        }
        ConsoleState state = awaitLink(LinkState.SUSPECT);
        assertTrue(endpoint(state).problem().startsWith("nothing heard from"));
        assertFalse(state.isReachable(Script.REGION));
        watch.send(Script.heartbeat("e1", 5, 0));
        StoreWatch.await(
                store,
                s -> endpoint(s).clock() != null
                        && lane.instant().equals(endpoint(s).lastHeard()));
        lane.advance(Duration.ofMillis(250));
        awaitLink(LinkState.LIVE);
        for (int i = 0; i < 61; i++) {
            lane.advance(Duration.ofMillis(250));
        }
        awaitLink(LinkState.LOST);
    }

    @Test
    void aMalformedPartIsCountedAndTheRestGoesOn() throws Exception {
        var watch = server.watch();
        watch.send(
                Script.snapshot("e1", 5, 0, Script.region(), Script.node(0, Health.UP)),
                Script.spoiledDelta("e1", 6, Script.node(0, Health.DOWN)),
                Script.delta("e1", 7, Script.node(1, Health.UP)));
        ConsoleState state = awaitRevision(7);
        assertEquals(Health.DOWN, health(state, 0));
        assertEquals(2, state.lattice().nodes().size());
        assertEquals(1, endpoint(state).rejectedMessages());
        assertTrue(
                endpoint(state).rejection().contains("Delta.changes[1].removed: found 'no/such/kind'"),
                endpoint(state).rejection());
        assertEquals("", endpoint(awaitLink(LinkState.LIVE)).problem());
        assertEquals(0, endpoint(state).resyncs());
    }

    @Test
    void aSnapshotWithAMalformedPartKeepsTheWordOfItUntilAWholeOneComes() throws Exception {
        var watch = server.watch();
        watch.send(Script.spoiledSnapshot("e1", 5, Script.region()));
        assertTrue(endpoint(awaitRevision(5)).rejection().contains("SnapshotPart.objects[1]"));
        watch.send(Script.delta("e1", 9));
        watchAgain().send(Script.snapshot("e1", 9, 0, Script.region()));
        EndpointState after = endpoint(awaitRevision(9));
        assertEquals("", after.rejection());
        assertEquals(1, after.rejectedMessages());
    }

    @Test
    void aHeartbeatAheadOfUsIsAGapToo() throws Exception {
        server.watch().send(Script.snapshot("e1", 5, 0, Script.region()), Script.heartbeat("e1", 7, 0));
        awaitRevision(5);
        assertFalse(watchAgain().request().hasResume());
    }

    @Test
    void samplesWaitForTheirTableAndThoseOfAnotherEpochAreDropped() throws Exception {
        var watch = server.watch();
        watch.send(
                Script.samples("e1", 1, 0.25f, 0.5f),
                Script.snapshot("e1", 5, 0, Script.region(), Script.node(0, Health.UP), Script.node(1, Health.UP)));
        awaitRevision(5);
        int place = store.state().nodes().index(Script.nodeId(1));
        StoreWatch.awaitSamples(store.samples(), s -> s.latest(place, Metric.UTILIZATION) == 0.5f);
        watch.send(Script.samples("e0", 1, 0.9f, 0.9f), Script.samples("e1", 1, 0.26f, 1.7f));
        int first = store.state().nodes().index(Script.nodeId(0));
        StoreWatch.awaitSamples(store.samples(), s -> s.latest(first, Metric.UTILIZATION) == 0.26f);
        assertTrue(Float.isNaN(store.samples().latest(place, Metric.UTILIZATION)));
        assertEquals(1, store.samples().counts().otherEpoch());
        assertEquals(1, store.samples().counts().outOfRange());
    }
}
