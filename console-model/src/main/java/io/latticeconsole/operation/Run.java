package io.latticeconsole.operation;

import io.latticeconsole.lattice.ModelId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// A started operation as a value: what is published of it, what its kind has to remember, and the orders whose answers
/// it awaits by slot. `excused` are models whose budget was broken, or given up as an accepted risk, when it started.
/// `since` is when something last moved; after `patience` without it the operation is HELD. `outcome` is set while it
/// undoes itself.
public record Run(
        Operation operation,
        Task task,
        Set<ModelId> excused,
        PMap<String, Due> awaiting,
        Instant since,
        Duration patience,
        Counting counting,
        @Nullable Instant heldSince,
        @Nullable Outcome outcome) {
    public Run {
        excused = Set.copyOf(excused);
    }

    /// An operation about to get [Input.Started].
    public static Run of(Operation operation, Task task, Set<ModelId> excused) {
        return new Run(
                operation,
                task,
                excused,
                HashTreePMap.empty(),
                operation.start(),
                Duration.ofSeconds(30),
                Counting.NONE,
                null,
                null);
    }

    public OperationId id() {
        return operation.id();
    }

    public boolean isFinal() {
        return operation.state().isFinal();
    }

    /// How an operation that undoes itself ends once everything is as before.
    public record Outcome(OperationState state, String failureReason, String message) {}
}
