package io.latticeconsole.wire;

import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.telemetry.SampleStore;
import io.latticeconsole.telemetry.Subscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/// Waits until a store shows what a test expects, by listening, and says what it showed instead if it never does.
public final class StoreWatch {
    private static final int PATIENCE_SECONDS = 20;

    private StoreWatch() {}

    public static ConsoleState await(LatticeStore store, Predicate<ConsoleState> expected)
            throws InterruptedException, ExecutionException {
        CompletableFuture<ConsoleState> seen = new CompletableFuture<>();
        try (Subscription _ = store.subscribe(state -> offer(seen, state, expected))) {
            offer(seen, store.state(), expected);
            return seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "the store never showed it; endpoints: "
                            + store.state().endpoints().values().stream()
                                    .map(StoreWatch::brief)
                                    .toList(),
                    e);
        }
    }

    private static void offer(
            CompletableFuture<ConsoleState> seen, ConsoleState state, Predicate<ConsoleState> expected) {
        if (expected.test(state)) {
            seen.complete(state);
        }
    }

    private static String brief(EndpointState e) {
        return e.address() + " " + e.link() + " '" + e.problem() + "' revision " + e.revision() + " events "
                + e.lastEventSeq() + " resyncs " + e.resyncs() + " rejected " + e.rejectedMessages();
    }

    public static void awaitSamples(SampleStore samples, Predicate<SampleStore> expected)
            throws InterruptedException, ExecutionException {
        CompletableFuture<SampleStore> seen = new CompletableFuture<>();
        Runnable look = () -> {
            if (expected.test(samples)) {
                seen.complete(samples);
            }
        };
        try (Subscription _ = samples.subscribe(look)) {
            look.run();
            seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the samples never showed it: " + samples.counts(), e);
        }
    }
}
