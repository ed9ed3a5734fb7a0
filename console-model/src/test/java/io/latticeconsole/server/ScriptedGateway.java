package io.latticeconsole.server;

import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.EndpointPort;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationProgress;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.telemetry.SampleBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A gateway that a test drives by hand: it publishes what the test says and keeps the book of plans, arms and request
/// ids in the simplest way that the contract allows.
final class ScriptedGateway implements EndpointPort {
    final List<Caller> callers = new ArrayList<>();
    volatile boolean controlLost;
    volatile List<GatewayId> unreachable = List.of();
    private final EndpointInfo info;
    private final List<Fact> initial;
    private final Map<String, Operation> started = new HashMap<>();
    private final Map<String, Fault> injected = new HashMap<>();
    private final Map<String, Plan> plans = new HashMap<>();
    private final Map<String, Plan> armed = new HashMap<>();
    private volatile ClockReading clock = SmallLattice.clock(SmallLattice.START);
    private @Nullable Outlet outlet;

    ScriptedGateway(int nodes) {
        this(nodes, SmallLattice.EU, Mode.EXERCISE);
    }

    ScriptedGateway(int nodes, GatewayId coordinator, Mode mode) {
        info = SmallLattice.info(coordinator, mode);
        initial = SmallLattice.facts(nodes);
    }

    void publish(Fact... facts) {
        out().facts(clock.latticeTime(), List.of(facts));
    }

    void publish(SampleBatch batch) {
        clock = SmallLattice.clock(batch.latticeTime());
        out().samples(batch);
    }

    private Outlet out() {
        return Objects.requireNonNull(outlet, "attach was not called");
    }

    @Override
    public EndpointInfo info() {
        return info;
    }

    @Override
    public void attach(Outlet to) {
        outlet = to;
        to.snapshot(initial);
    }

    @Override
    public synchronized CompletableFuture<Plan> plan(OperationSpec spec, Caller caller) {
        callers.add(caller);
        if (!(spec instanceof OperationSpec.Drain drain)) {
            return refused("FAILED_PRECONDITION", "INHIBITED", "only drains here", "models/chat-8b");
        }
        String hash = "h" + plans.size();
        Plan plan = new Plan(
                "plans/p-" + plans.size(),
                hash,
                spec,
                drain.targets(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                1,
                2,
                0,
                0,
                0,
                null,
                List.of());
        plans.put(hash, plan);
        return CompletableFuture.completedFuture(plan);
    }

    @Override
    public synchronized CompletableFuture<LatticeOrders.Armed> arm(String planHash, Caller caller) {
        Plan plan = plans.get(planHash);
        if (plan == null) {
            return refused("NOT_FOUND", "PLAN_UNKNOWN", "no plan of that hash", planHash);
        }
        Arm arm = new Arm(planHash, plan.targets(), caller.name(), Instant.now().plusSeconds(30));
        armed.put("token-" + planHash, plan);
        publish(new Fact.ArmTaken(arm));
        return CompletableFuture.completedFuture(new LatticeOrders.Armed("token-" + planHash, arm));
    }

    @Override
    public synchronized CompletableFuture<Void> disarm(String armToken, Caller caller) {
        Plan plan = armed.remove(armToken);
        if (plan != null) {
            publish(new Fact.ArmReleased(plan.hash()));
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletableFuture<Operation> start(
            String armToken, String requestId, String reason, boolean acceptRisk, Caller caller) {
        Operation before = started.get(requestId);
        if (before != null) {
            return CompletableFuture.completedFuture(before);
        }
        Plan plan = armed.remove(armToken);
        if (plan == null) {
            return refused("FAILED_PRECONDITION", "NOT_ARMED", "nobody holds that arm", armToken);
        }
        Operation operation = new Operation(
                new OperationId("operations/op-" + started.size()),
                plan.spec(),
                plan.targets(),
                OperationState.RUNNING,
                "CORDON",
                List.of(),
                OperationProgress.NONE,
                caller.name(),
                caller.verified(),
                reason,
                acceptRisk,
                "",
                "",
                clock.latticeTime(),
                null,
                List.of(),
                null,
                "o1");
        started.put(requestId, operation);
        publish(new Fact.OperationChanged(operation));
        return CompletableFuture.completedFuture(operation);
    }

    @Override
    public CompletableFuture<Operation> hold(OperationId operation, String requestId, Caller caller) {
        return unknown(operation);
    }

    @Override
    public CompletableFuture<Operation> resume(OperationId operation, String requestId, Caller caller) {
        return unknown(operation);
    }

    @Override
    public CompletableFuture<Operation> cancel(OperationId operation, String requestId, String reason, Caller caller) {
        return unknown(operation);
    }

    private static CompletableFuture<Operation> unknown(OperationId operation) {
        return refused("NOT_FOUND", "OPERATION_UNKNOWN", "no such operation", operation.name());
    }

    @Override
    public synchronized CompletableFuture<Fault> inject(FaultSpec spec, String requestId, Caller caller) {
        callers.add(caller);
        Fault fault = injected.computeIfAbsent(
                requestId,
                _ -> new Fault("faults/f-" + injected.size(), spec, clock.latticeTime(), null, caller.name()));
        publish(new Fact.FaultChanged(fault));
        return CompletableFuture.completedFuture(fault);
    }

    @Override
    public synchronized CompletableFuture<Fault> clear(String fault, String requestId, Caller caller) {
        for (Fault known : injected.values()) {
            if (known.name().equals(fault)) {
                publish(new Fact.FaultRemoved(fault));
                return CompletableFuture.completedFuture(known);
            }
        }
        return refused("NOT_FOUND", "FAULT_UNKNOWN", "no such fault", fault);
    }

    @Override
    public CompletableFuture<ClockReading> setClock(boolean paused, double rate, Caller caller) {
        ClockReading now = clock;
        clock = new ClockReading(now.latticeTime(), now.wallTime(), rate == 0 ? now.rate() : rate, 1, paused);
        return CompletableFuture.completedFuture(clock);
    }

    @Override
    public ClockReading clock() {
        return clock;
    }

    @Override
    public boolean controlLost() {
        return controlLost;
    }

    @Override
    public List<GatewayId> unreachablePeers() {
        return unreachable;
    }

    private static <T> CompletableFuture<T> refused(String code, String reason, String message, String subject) {
        return CompletableFuture.failedFuture(new OrderRefused(code, reason, message, List.of(subject)));
    }
}
