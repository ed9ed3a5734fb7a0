package io.latticeconsole.agent.gateway;

import io.latticeconsole.coordination.Coordinator;
import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.EndpointPort;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.gateway.Gateway;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.lattice.Peer;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.server.Lane;
import io.latticeconsole.telemetry.SampleBatch;
import io.latticeconsole.world.RegionSpec;
import io.latticeconsole.world.WorldSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A gateway of real machines, as its server reaches it: the lattice's clock is the wall's, and there is no exercise.
final class RealEndpoint implements EndpointPort {
    private static final String NOT_HERE = "this gateway does not take operations";

    private final WorldSpec world;
    private final Gateway gateway;
    private final @Nullable Coordinator coordinator;
    private final Lane lane;
    private final InstantSource wall;
    private final List<Outlet> outlets = new ArrayList<>();

    RealEndpoint(WorldSpec world, Gateway gateway, @Nullable Coordinator coordinator, Lane lane, InstantSource wall) {
        this.world = world;
        this.gateway = gateway;
        this.coordinator = coordinator;
        this.lane = lane;
        this.wall = wall;
    }

    @Override
    public EndpointInfo info() {
        RegionSpec here = world.regions().getFirst();
        return new EndpointInfo(
                "lattices/" + world.code(),
                world.displayName(),
                EndpointInfo.CONTRACT,
                Mode.PRODUCTION,
                "",
                here.gateway(),
                List.of(here.id()),
                world.regions().stream()
                        .map(r -> new Peer(r.gateway(), "", r.id()))
                        .toList(),
                world.regions().get(world.coordinatorRegion()).gateway(),
                clock(),
                Set.of("inference"),
                1,
                0);
    }

    @Override
    public void attach(Outlet outlet) {
        lane.execute(() -> {
            publish();
            List<Fact> facts = new ArrayList<>(gateway.snapshot());
            if (coordinator != null) {
                facts.addAll(coordinator.snapshot());
            }
            outlet.snapshot(facts);
            outlets.add(outlet);
        });
    }

    /// Hands on what has changed; on the lane.
    void publish() {
        List<Fact> facts = gateway.takeFacts();
        if (!facts.isEmpty()) {
            Instant now = wall.instant();
            outlets.forEach(o -> o.facts(now, facts));
        }
    }

    /// Hands on a second's samples; on the lane.
    void publish(SampleBatch batch) {
        outlets.forEach(o -> o.samples(batch));
    }

    /// What an order changed is published before its answer goes out, so that whoever has the answer can read it back.
    private <T> CompletableFuture<T> order(Function<Coordinator, T> work) {
        Coordinator here = coordinator;
        if (here == null) {
            return CompletableFuture.failedFuture(
                    new OrderRefused("FAILED_PRECONDITION", "NOT_COORDINATOR", NOT_HERE, List.of()));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        lane.execute(() -> {
            try {
                T result = work.apply(here);
                publish();
                answer.complete(result);
            } catch (RuntimeException failed) {
                publish();
                answer.completeExceptionally(failed);
            }
        });
        return answer;
    }

    @Override
    public CompletableFuture<Plan> plan(OperationSpec spec, Caller caller) {
        return order(c -> c.plan(spec, caller));
    }

    @Override
    public CompletableFuture<LatticeOrders.Armed> arm(String planHash, Caller caller) {
        return order(c -> c.arm(planHash, caller));
    }

    @Override
    public CompletableFuture<Void> disarm(String armToken, Caller caller) {
        return order(c -> {
                    c.disarm(armToken, caller);
                    return true;
                })
                .thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<Operation> start(
            String armToken, String requestId, String reason, boolean acceptRisk, Caller caller) {
        return order(c -> c.start(armToken, requestId, reason, acceptRisk, caller));
    }

    @Override
    public CompletableFuture<Operation> hold(OperationId operation, String requestId, Caller caller) {
        return order(c -> c.hold(operation, requestId, caller));
    }

    @Override
    public CompletableFuture<Operation> resume(OperationId operation, String requestId, Caller caller) {
        return order(c -> c.resume(operation, requestId, caller));
    }

    @Override
    public CompletableFuture<Operation> cancel(OperationId operation, String requestId, String reason, Caller caller) {
        return order(c -> c.cancel(operation, requestId, reason, caller));
    }

    @Override
    public ClockReading clock() {
        Instant now = wall.instant();
        return new ClockReading(now, now, 1, 1, false);
    }

    @Override
    public List<GatewayId> unreachablePeers() {
        return gateway.unreachablePeers();
    }
}
