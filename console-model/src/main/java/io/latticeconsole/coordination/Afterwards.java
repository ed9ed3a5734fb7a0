package io.latticeconsole.coordination;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.operation.Hindsight;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Aftermath;
import io.latticeconsole.plan.LoadView;
import io.latticeconsole.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares what plans predicted with what followed: once for each operation that succeeded, when it has settled. Of
/// one that ended otherwise nothing was predicted.
final class Afterwards {
    /// Ingresses smooth rates over some five seconds and latencies over ten.
    static final Duration SETTLE = Duration.ofSeconds(15);

    private record Span(double lowSeconds, double highSeconds) {}

    private final Map<OperationId, Span> promised = new HashMap<>();
    private final Map<OperationId, Operation> settling = new LinkedHashMap<>();
    private final Map<OperationId, Hindsight> known = new HashMap<>();

    void promised(OperationId id, Plan plan) {
        promised.put(id, new Span(plan.durationLowSeconds(), plan.durationHighSeconds()));
    }

    void ended(Operation operation) {
        if (operation.state() == OperationState.SUCCEEDED) {
            settling.put(operation.id(), operation);
        } else {
            promised.remove(operation.id());
        }
    }

    /// Measures what has settled by now; which operations that were.
    List<OperationId> measure(CoordinatorHost host) {
        if (settling.isEmpty()) {
            return List.of();
        }
        Instant now = host.latticeTime();
        List<OperationId> done = new ArrayList<>();
        for (Operation operation : settling.values()) {
            Instant end = operation.end();
            Span span = promised.get(operation.id());
            if (end != null && span != null && !now.isBefore(end.plus(SETTLE))) {
                known.put(operation.id(), compare(operation, span, end, now, host.lattice(), host.load()));
                done.add(operation.id());
            }
        }
        done.forEach(settling::remove);
        done.forEach(promised::remove);
        return done;
    }

    private static Hindsight compare(
            Operation o, Span span, Instant end, Instant now, LatticeState lattice, LoadView load) {
        double seconds = Duration.between(o.start(), end).toMillis() / 1000.0;
        return Hindsight.of(
                now,
                o.predicted(),
                Aftermath.of(lattice, load, o.predicted()),
                span.lowSeconds(),
                span.highSeconds(),
                seconds);
    }

    @Nullable
    Hindsight of(OperationId id) {
        return known.get(id);
    }

    void forget(OperationId id) {
        promised.remove(id);
        settling.remove(id);
        known.remove(id);
    }
}
