package io.latticeconsole.drill.bench;

import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.EndpointPort;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.lattice.Peer;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.telemetry.SampleBatch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A gateway that publishes a [Workload] and takes no orders.
///
/// Batches are prepared for [WorkloadFacts#STEPS] steps and come round again; a batch's lattice time tells its step
/// ([WorkloadFacts#step]), so that a client knows which values to expect.
final class WorkloadPort implements EndpointPort {
    private final Workload workload;
    private final InstantSource wall;
    private final SampleBatch[] prepared = new SampleBatch[WorkloadFacts.STEPS];
    private final CompletableFuture<Outlet> outlet = new CompletableFuture<>();
    private volatile int step;

    WorkloadPort(Workload workload, InstantSource wall) {
        this.workload = workload;
        this.wall = wall;
        for (int t = 0; t < WorkloadFacts.STEPS; t++) {
            prepared[t] = WorkloadFacts.batch(workload, t);
        }
    }

    /// Publishes the batch of the next step.
    void publish() {
        int t = step;
        SampleBatch b = prepared[t % WorkloadFacts.STEPS];
        outlet.join()
                .samples(new SampleBatch(
                        b.epoch(),
                        Instant.ofEpochSecond(t),
                        wall.instant(),
                        b.nodeTableRevision(),
                        b.nodeIndex(),
                        b.columns(),
                        b.expectedLow(),
                        b.expectedHigh(),
                        b.flows(),
                        b.models(),
                        b.ledger()));
        step = t + 1;
    }

    @Override
    public EndpointInfo info() {
        return new EndpointInfo(
                "lattices/bench",
                "Bench " + workload.nodes(),
                EndpointInfo.CONTRACT,
                Mode.EXERCISE,
                "bench",
                WorkloadNames.GATEWAY,
                List.of(WorkloadNames.REGION),
                List.of(new Peer(WorkloadNames.GATEWAY, "", WorkloadNames.REGION)),
                WorkloadNames.GATEWAY,
                clock(),
                Set.of("watch"),
                1,
                workload.checksum());
    }

    @Override
    public void attach(Outlet to) {
        to.snapshot(WorkloadFacts.objects(workload, wall.instant()));
        outlet.complete(to);
    }

    @Override
    public ClockReading clock() {
        return new ClockReading(Instant.ofEpochSecond(step), wall.instant(), 1, 1, false);
    }

    @Override
    public List<GatewayId> unreachablePeers() {
        return List.of();
    }

    private static <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(new OrderRefused(
                "FAILED_PRECONDITION", "NO_OPERATIONS", "a workload for measurements takes no orders", List.of()));
    }

    @Override
    public CompletableFuture<Plan> plan(OperationSpec spec, Caller caller) {
        return refused();
    }

    @Override
    public CompletableFuture<LatticeOrders.Armed> arm(String planHash, Caller caller) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> disarm(String armToken, Caller caller) {
        return refused();
    }

    @Override
    public CompletableFuture<Operation> start(
            String armToken, String requestId, String reason, boolean acceptRisk, Caller caller) {
        return refused();
    }

    @Override
    public CompletableFuture<Operation> hold(OperationId operation, String requestId, Caller caller) {
        return refused();
    }

    @Override
    public CompletableFuture<Operation> resume(OperationId operation, String requestId, Caller caller) {
        return refused();
    }

    @Override
    public CompletableFuture<Operation> cancel(OperationId operation, String requestId, String reason, Caller caller) {
        return refused();
    }
}
