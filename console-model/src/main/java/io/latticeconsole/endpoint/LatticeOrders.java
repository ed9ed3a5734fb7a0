package io.latticeconsole.endpoint;

import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.plan.Plan;
import java.util.concurrent.CompletableFuture;

/// What the console may ask of the lattice. Every call returns at once; the future completes on a wire thread,
/// and fails only with an [OrderRefused]. What an order changes arrives through the watch streams.
public interface LatticeOrders {
    CompletableFuture<Plan> plan(OperationSpec spec);

    /// Holds the plan's targets for 30 s.
    CompletableFuture<Armed> arm(String planHash);

    CompletableFuture<Void> disarm(Armed armed);

    /// Starts what was armed. When the answer is lost, the order is sent again under the same request id and so
    /// read back. `unanswered` runs on a wire thread as soon as the answer did not come, while the outcome is
    /// read back.
    CompletableFuture<Operation> start(Armed armed, String reason, boolean acceptRisk, Runnable unanswered);

    /// The same for whoever only wants the outcome.
    default CompletableFuture<Operation> start(Armed armed, String reason, boolean acceptRisk) {
        return start(armed, reason, acceptRisk, () -> {});
    }

    CompletableFuture<Operation> hold(OperationId operation);

    CompletableFuture<Operation> resume(OperationId operation);

    /// Cancels; of a redeploy, rolls back.
    CompletableFuture<Operation> cancel(OperationId operation, String reason);

    CompletableFuture<Fault> inject(FaultSpec spec);

    CompletableFuture<Fault> clear(String fault);

    /// Pauses or goes on, at a rate of lattice seconds per wall second (0: unchanged).
    CompletableFuture<Void> setClock(boolean paused, double rate);

    /// An arm that this console holds.
    record Armed(String token, Arm arm) {}
}
