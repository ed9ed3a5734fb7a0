package io.latticeconsole.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.latticeconsole.codec.FactCodec;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.proto.v1.ListEventsRequest;
import io.latticeconsole.proto.v1.ListEventsResponse;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.LinkState;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Events that the stream did not bring.
class WatchedEventsTest extends ScriptedWatch {
    private static ListEventsResponse kept(ListEventsRequest request, long newest) {
        ListEventsResponse.Builder answer = ListEventsResponse.newBuilder();
        LongStream.rangeClosed(request.getAfterSeq() + 1, newest)
                .limit(request.getPageSize())
                .forEach(seq -> answer.addEvents(FactCodec.toProto(Script.record(seq))));
        return answer.build();
    }

    @Test
    void anotherEpochReplacesEverythingAndItsEventsAreFetched() throws Exception {
        server.keepsEvents(request -> kept(request, request.getEpoch().equals("e2") ? 3 : 1));
        var watch = server.watch();
        watch.send(
                Script.snapshot("e1", 5, 0, Script.region(), Script.node(0, Health.UP)),
                Script.delta("e1", 6, Script.event(1)));
        awaitRevision(6);
        watch.fail(Status.UNAVAILABLE);
        awaitLink(LinkState.LOST);
        watchAgain().send(Script.snapshot("e2", 2, 3, Script.region(), Script.node(1, Health.UP)));
        ConsoleState state = StoreWatch.await(store, s -> s.events().size() == 4);
        assertEquals(
                List.of(Script.nodeId(1)), List.copyOf(state.lattice().nodes().keySet()));
        assertEquals(0, endpoint(state).eventsLost());
    }

    @Test
    void eventsThatWereMissedAreFetchedAndThoseThatAreGoneAreCounted() throws Exception {
        server.keepsEvents(request -> kept(request, 9).toBuilder()
                .setEventsLost(request.getAfterSeq() == 2 ? 3 : 0)
                .build());
        var watch = server.watch();
        watch.send(
                Script.snapshot("e1", 5, 0, Script.region()),
                Script.delta("e1", 6, Script.event(1), Script.event(2)),
                Script.delta("e1", 8, Script.event(7)));
        awaitRevision(6);
        watchAgain().send(Script.snapshot("e1", 9, 8, Script.region()), Script.delta("e1", 10, Script.event(9)));
        ListEventsRequest asked = server.askedForEvents();
        assertEquals(2, asked.getAfterSeq());
        ConsoleState state = StoreWatch.await(store, s -> s.events().size() == 9);
        assertEquals(LongStream.rangeClosed(1, 9).boxed().toList(), sequence(state));
        state = StoreWatch.await(store, s -> endpoint(s).eventsLost() == 3);
        assertTrue(
                endpoint(state).problem().contains("3 events"), endpoint(state).problem());
    }

    @Test
    void aFullQueueIsAnsweredByAResyncAndNoEventIsLost() throws Exception {
        server.keepsEvents(request -> kept(request, LatticeStore.QUEUE_CAPACITY + 10));
        var watch = server.watch();
        watch.send(Script.snapshot("e1", 1, 0, Script.region()));
        awaitRevision(1);
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        try (var _ = store.subscribe(_ -> {
            held.countDown();
            awaitQuietly(slow);
        })) {
            watch.send(Script.delta("e1", 2, Script.event(1)));
            assertTrue(held.await(20, TimeUnit.SECONDS)); // what follows stays queued, however the threads run
            for (int i = 2; i <= LatticeStore.QUEUE_CAPACITY + 10; i++) {
                watch.send(Script.delta("e1", 1 + i, Script.event(i)));
            }
            watch.awaitGone(); // before the clock moves on: silence would end the stream too
            var again = watchAgain();
            assertFalse(again.request().hasResume());
            slow.countDown();
            StoreWatch.await(store, s -> endpoint(s).revision() >= LatticeStore.QUEUE_CAPACITY);
            again.send(Script.snapshot("e1", 30_000, LatticeStore.QUEUE_CAPACITY + 10, Script.region()));
        }
        ConsoleState state = awaitRevision(30_000);
        assertEquals(1, endpoint(state).resyncs());
        state = StoreWatch.await(
                store,
                s -> s.events().size() == LatticeStore.QUEUE_CAPACITY
                        && sequence(s).getLast() == LatticeStore.QUEUE_CAPACITY + 10);
        assertEquals(11, sequence(state).getFirst());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
