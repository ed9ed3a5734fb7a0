package io.latticeconsole.drill.sim;

import io.latticeconsole.coordination.Coordinator;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.gateway.CoordinatorSeat;
import io.latticeconsole.lattice.GatewayId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Carries out what is ordered from outside: faults at any gateway, operations at the coordinator.
final class Orders {
    private final Simulation sim;
    private final Coordinator coordinator;
    private final CoordinatorSeat seat;
    private final Map<String, Object> answered = new HashMap<>();

    Orders(Simulation sim) {
        this.sim = sim;
        int region = sim.world().coordinatorRegion();
        this.seat = new CoordinatorSeat(sim.gateway(region), new RegionSurroundings(sim, region));
        this.coordinator = new Coordinator(seat, sim.world().seed());
        seat.attach(coordinator);
    }

    /// What this adds to a gateway's snapshot.
    List<Fact> snapshot(int region) {
        List<Fact> facts = new ArrayList<>();
        if (region == sim.world().coordinatorRegion()) {
            facts.addAll(coordinator.snapshot());
        }
        for (Fault fault : sim.faults.of(region)) {
            facts.add(new Fact.FaultChanged(fault));
        }
        return facts;
    }

    void tick() {
        seat.tick();
    }

    /// Carries an order out. What is returned gives the answer; it is run once what changed was published, so that
    /// whoever has the answer can read it back.
    Runnable carryOut(int region, DrillOrder order, CompletableFuture<Object> answer) {
        try {
            Object result = result(region, order);
            return () -> answer.complete(result);
        } catch (OrderRefused refused) {
            return () -> answer.completeExceptionally(refused);
        }
    }

    private Object result(int region, DrillOrder order) {
        return switch (order) {
            case DrillOrder.Inject o ->
                once(
                        "inject " + o.requestId(),
                        () -> sim.faults.inject(region, o.spec(), o.caller().name()));
            case DrillOrder.Clear o ->
                once(
                        "clear " + o.requestId(),
                        () -> sim.faults.clear(region, o.fault(), o.caller().name()));
            case DrillOrder.MakePlan o -> coordinatorAt(region).plan(o.spec(), o.caller());
            case DrillOrder.Arm o -> coordinatorAt(region).arm(o.planHash(), o.caller());
            case DrillOrder.Disarm o -> {
                coordinatorAt(region).disarm(o.token(), o.caller());
                yield true;
            }
            case DrillOrder.Start o ->
                coordinatorAt(region).start(o.token(), o.requestId(), o.reason(), o.acceptRisk(), o.caller());
            case DrillOrder.Hold o -> coordinatorAt(region).hold(o.operation(), o.requestId(), o.caller());
            case DrillOrder.Resume o -> coordinatorAt(region).resume(o.operation(), o.requestId(), o.caller());
            case DrillOrder.Cancel o ->
                coordinatorAt(region).cancel(o.operation(), o.requestId(), o.reason(), o.caller());
        };
    }

    /// The same request id gets the first answer.
    private Object once(String key, java.util.function.Supplier<Object> work) {
        Object first = answered.get(key);
        if (first == null) {
            first = work.get();
            answered.put(key, first);
        }
        return first;
    }

    private Coordinator coordinatorAt(int region) {
        int seatRegion = sim.world().coordinatorRegion();
        if (region != seatRegion) {
            GatewayId id = sim.world().regions().get(seatRegion).gateway();
            throw new OrderRefused(
                    "FAILED_PRECONDITION",
                    "NOT_COORDINATOR",
                    "operations are ordered at the coordinator, " + id,
                    List.of(id.name()));
        }
        if (seat.isAway()) {
            GatewayId id = sim.world().regions().get(seatRegion).gateway();
            throw new OrderRefused(
                    "UNAVAILABLE",
                    "CONTROL_LOST",
                    id + " has lost control: it takes no orders until it is back",
                    List.of(id.name()));
        }
        return coordinator;
    }
}
