package io.latticeconsole.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.codec.RandomObjects;
import io.latticeconsole.telemetry.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatticeStoreTest {
    private static ConsoleInput delta(long revision) {
        return new ConsoleInput.DeltaReceived(
                "a:1", "e", revision, 1, List.of(new RandomObjects(revision).changed()), Instant.EPOCH);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aSlowListenerSeesTheNewestAndAFullQueueRefusesDeltasButNotLinks() throws Exception {
        try (LatticeStore store = LatticeStore.start(10)) {
            CountDownLatch inListener = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            LinkedBlockingQueue<ConsoleState> seen = new LinkedBlockingQueue<>();
            Subscription first = store.subscribe(state -> {
                inListener.countDown();
                await(goOn);
                seen.add(state);
            });
            store.offer(new ConsoleInput.EndpointSought("a:1"));
            await(inListener);
            int taken = 0;
            while (store.offer(delta(taken + 1))) {
                taken++;
            }
            assertEquals(10, taken);
            assertTrue(store.offer(new ConsoleInput.LinkChanged("a:1", LinkState.LIVE, "")));
            assertFalse(store.offer(delta(99)));
            goOn.countDown();
            ConsoleState one = seen.poll(20, TimeUnit.SECONDS);
            ConsoleState two = seen.poll(20, TimeUnit.SECONDS);
            assertTrue(one != null && two != null);
            EndpointState endpoint = Objects.requireNonNull(two.endpoints().get("a:1"));
            assertEquals(LinkState.LIVE, endpoint.link());
            assertEquals(10, endpoint.revision());
            first.close();
        }
    }

    @Test
    void aListenerThatFailsIsCountedAndTheOthersGoOn() throws Exception {
        try (LatticeStore store = LatticeStore.start()) {
            LinkedBlockingQueue<ConsoleState> seen = new LinkedBlockingQueue<>();
            try (Subscription _ = store.subscribe(state -> {
                        throw new IllegalStateException("a listener's own defect " + state.version());
                    });
                    Subscription _ = store.subscribe(seen::add)) {
                store.offer(new ConsoleInput.EndpointSought("a:1"));
                assertTrue(seen.poll(20, TimeUnit.SECONDS) != null);
                assertEquals(1, store.failures());
            }
            store.offer(new ConsoleInput.EndpointSought("b:1"));
            LinkedBlockingQueue<ConsoleState> later = new LinkedBlockingQueue<>();
            try (Subscription _ = store.subscribe(later::add)) {
                store.offer(new ConsoleInput.EndpointSought("c:1"));
                ConsoleState state = later.poll(20, TimeUnit.SECONDS);
                assertTrue(state != null && state.endpoints().containsKey("b:1"));
            }
            assertTrue(seen.isEmpty());
        }
    }
}
