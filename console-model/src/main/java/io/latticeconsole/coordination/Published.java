package io.latticeconsole.coordination;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.operation.Hindsight;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Operations as the lattice was last told of them: what matters at once, progress alone at most four times a second.
final class Published {
    private static final Duration PROGRESS = Duration.ofMillis(250);

    private final CoordinatorHost host;
    private final Map<OperationId, Operation> told = new HashMap<>();
    private final Map<OperationId, Instant> toldAt = new HashMap<>();
    private long revision;

    Published(CoordinatorHost host) {
        this.host = host;
    }

    /// In the order in which they were started.
    List<Operation> all() {
        return told.values().stream()
                .sorted(Comparator.comparing(Operation::start))
                .toList();
    }

    /// Tells of an operation if that is due; returns it as last told.
    Operation tell(Operation now, @Nullable Hindsight hindsight) {
        Operation before = told.get(now.id());
        if (before != null && !isNews(before, now, hindsight) && !isProgress(before, now)) {
            return before;
        }
        Operation stamped = now.stamped(hindsight, Long.toHexString(++revision));
        told.put(now.id(), stamped);
        toldAt.put(now.id(), host.latticeTime());
        host.publish(new Fact.OperationChanged(stamped));
        return stamped;
    }

    /// Grows whenever something is told.
    long revision() {
        return revision;
    }

    @Nullable
    Operation find(OperationId id) {
        return told.get(id);
    }

    void forget(OperationId id) {
        told.remove(id);
        toldAt.remove(id);
    }

    private static boolean isNews(Operation before, Operation now, @Nullable Hindsight hindsight) {
        return before.state() != now.state()
                || !before.phase().equals(now.phase())
                || before.phases().size() != now.phases().size()
                || !before.message().equals(now.message())
                || !Objects.equals(before.hindsight(), hindsight);
    }

    private boolean isProgress(Operation before, Operation now) {
        Instant at = toldAt.getOrDefault(now.id(), Instant.MIN);
        boolean moved =
                !before.progress().equals(now.progress()) || !before.phases().equals(now.phases());
        return moved && !host.latticeTime().isBefore(at.plus(PROGRESS));
    }
}
