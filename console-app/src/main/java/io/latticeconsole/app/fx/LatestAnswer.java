package io.latticeconsole.app.fx;

import io.latticeconsole.endpoint.OrderRefused;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Waits for one answer of the lattice at a time: what was asked before and has not been answered yet is
/// overtaken. Asked on the FX thread; answers are handed over to it through the given executor.
public final class LatestAnswer {
    private final Executor fx;
    private long turn;

    public LatestAnswer(Executor fx) {
        this.fx = fx;
    }

    /// Nobody waits any more for what was asked.
    public void overtake() {
        turn++;
    }

    /// Waits for an answer; `late` gets a good one that was overtaken meanwhile, a bad one is then of no interest.
    public <T> void await(CompletableFuture<T> answer, Consumer<T> good, Consumer<OrderRefused> bad, Consumer<T> late) {
        long asked = ++turn;
        var _ = answer.whenCompleteAsync(
                (value, failure) -> {
                    if (failure == null) {
                        (asked == turn ? good : late).accept(value);
                    } else if (asked == turn) {
                        bad.accept(refusalOf(failure));
                    }
                },
                fx);
    }

    /// A failed answer as the refusal it carries; anything else is an INTERNAL one.
    public static OrderRefused refusalOf(Throwable failure) {
        Throwable cause = failure instanceof CompletionException c && c.getCause() != null ? c.getCause() : failure;
        return cause instanceof OrderRefused refused
                ? refused
                : new OrderRefused("INTERNAL", "INTERNAL", String.valueOf(cause), List.of());
    }
}
