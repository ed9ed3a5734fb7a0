package io.latticeconsole.endpoint;

import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.telemetry.SampleBatch;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// One endpoint of a lattice, as its server reaches it: a gateway of the drill, or a real one. Calls come from
/// any thread, return at once, take effect on the endpoint's own thread, and fail only with an [OrderRefused].
public interface EndpointPort {
    EndpointInfo info();

    /// Facts and samples from now on, after a first call of [Outlet#snapshot]; all on the endpoint's own thread.
    void attach(Outlet outlet);

    CompletableFuture<Plan> plan(OperationSpec spec, Caller caller);

    CompletableFuture<LatticeOrders.Armed> arm(String planHash, Caller caller);

    CompletableFuture<Void> disarm(String armToken, Caller caller);

    /// The same request id gets the first answer.
    CompletableFuture<Operation> start(
            String armToken, String requestId, String reason, boolean acceptRisk, Caller caller);

    CompletableFuture<Operation> hold(OperationId operation, String requestId, Caller caller);

    CompletableFuture<Operation> resume(OperationId operation, String requestId, Caller caller);

    CompletableFuture<Operation> cancel(OperationId operation, String requestId, String reason, Caller caller);

    /// Refused where there is no exercise, as are [#clear] and [#setClock].
    default CompletableFuture<Fault> inject(FaultSpec spec, String requestId, Caller caller) {
        return noExercise();
    }

    default CompletableFuture<Fault> clear(String fault, String requestId, Caller caller) {
        return noExercise();
    }

    default CompletableFuture<ClockReading> setClock(boolean paused, double rate, Caller caller) {
        return noExercise();
    }

    /// The clock as it stands; any thread.
    ClockReading clock();

    /// Whether the fault control_loss has this gateway's `lattice.v1` down now; the server then closes its port and its
    /// connections until it ends. Any thread.
    default boolean controlLost() {
        return false;
    }

    /// Gateways that this one has not heard for 2.5 s; any thread.
    List<GatewayId> unreachablePeers();

    private static <T> CompletableFuture<T> noExercise() {
        return CompletableFuture.failedFuture(new OrderRefused(
                "FAILED_PRECONDITION",
                "NOT_EXERCISE",
                "this lattice is no exercise: faults and its clock are not ours to set",
                List.of()));
    }

    /// Where a gateway's publications go. Calls must not block.
    interface Outlet {
        /// Everything the gateway owns now.
        void snapshot(List<Fact> facts);

        /// Facts of one tick, in order.
        void facts(Instant latticeTime, List<Fact> facts);

        void samples(SampleBatch batch);
    }
}
