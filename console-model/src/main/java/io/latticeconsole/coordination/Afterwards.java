package io.latticeconsole.coordination;

import io.latticeconsole.operation.Hindsight;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.plan.Aftermath;
import io.latticeconsole.plan.MeanEffects;
import io.latticeconsole.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares what plans predicted with what followed: once for each operation that succeeded, with the mean of
/// some seconds after it has settled. Of one that ended otherwise nothing was predicted.
final class Afterwards {
    /// Ingresses smooth rates over some five seconds and latencies over ten.
    static final Duration SETTLE = Duration.ofSeconds(15);
    /// A rate of one moment is mostly chance.
    static final Duration MEASURE = Duration.ofSeconds(10);

    private static final Duration EVERY = Duration.ofSeconds(1);

    private record Span(double lowSeconds, double highSeconds) {}

    private static final class Settling {
        final Operation operation;
        final Instant end;
        final Span span;
        final MeanEffects mean;
        Instant next;

        Settling(Operation operation, Instant end, Span span) {
            this.operation = operation;
            this.end = end;
            this.span = span;
            mean = new MeanEffects(operation.predicted());
            next = end.plus(SETTLE);
        }

        /// Takes a reading if one is due; whether it was the last.
        boolean measure(CoordinatorHost host) {
            Instant now = host.latticeTime();
            if (now.isBefore(next)) {
                return false;
            }
            List<SiteEffect> predicted = operation.predicted();
            mean.add(Aftermath.of(host.lattice(), host.load(), predicted));
            next = next.plus(EVERY).isAfter(now) ? next.plus(EVERY) : now.plus(EVERY);
            return !now.isBefore(end.plus(SETTLE).plus(MEASURE));
        }

        Hindsight compare(Instant now) {
            return Hindsight.of(
                    now,
                    operation.predicted(),
                    mean.effects(),
                    span.lowSeconds(),
                    span.highSeconds(),
                    Duration.between(operation.start(), end).toMillis() / 1000.0);
        }
    }

    private final Map<OperationId, Span> promised = new HashMap<>();
    private final Map<OperationId, Settling> settling = new LinkedHashMap<>();
    private final Map<OperationId, Hindsight> known = new HashMap<>();

    void promised(OperationId id, Plan plan) {
        promised.put(id, new Span(plan.durationLowSeconds(), plan.durationHighSeconds()));
    }

    void ended(Operation operation) {
        Span span = promised.remove(operation.id());
        Instant end = operation.end();
        if (operation.state() == OperationState.SUCCEEDED && span != null && end != null) {
            settling.put(operation.id(), new Settling(operation, end, span));
        }
    }

    /// Takes the readings that are due now; for which operations that made the comparison whole.
    List<OperationId> measure(CoordinatorHost host) {
        List<OperationId> done = new ArrayList<>();
        settling.forEach((id, each) -> {
            if (each.measure(host)) {
                known.put(id, each.compare(host.latticeTime()));
                done.add(id);
            }
        });
        done.forEach(settling::remove);
        return done;
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
