package io.latticeconsole.drill.sim;

import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.EndpointPort;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.lattice.Peer;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.world.RegionSpec;
import io.latticeconsole.world.WorldSpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// One gateway of a driven simulation, as its server reaches it.
final class GatewayPort implements EndpointPort {
    private final SimulationDriver driver;
    private final Simulation sim;
    private final int region;

    GatewayPort(SimulationDriver driver, Simulation sim, int region) {
        this.driver = driver;
        this.sim = sim;
        this.region = region;
    }

    @Override
    public EndpointInfo info() {
        WorldSpec world = sim.world();
        RegionSpec here = world.regions().get(region);
        List<Peer> peers = world.regions().stream()
                .map(r -> new Peer(r.gateway(), "", r.id()))
                .toList();
        return new EndpointInfo(
                "lattices/" + world.code(),
                world.displayName(),
                EndpointInfo.CONTRACT,
                Mode.EXERCISE,
                sim.epoch(),
                here.gateway(),
                List.of(here.id()),
                peers,
                world.regions().get(world.coordinatorRegion()).gateway(),
                clock(),
                Set.of("exercise"),
                sim.weight(),
                world.seed());
    }

    @Override
    public void attach(Outlet outlet) {
        sim.publishers().attach(region, outlet);
    }

    private <T> CompletableFuture<T> submit(DrillOrder order, Class<T> type) {
        return sim.submit(region, order).thenApply(type::cast);
    }

    @Override
    public CompletableFuture<Plan> plan(OperationSpec spec, Caller caller) {
        return submit(new DrillOrder.MakePlan(spec, caller), Plan.class);
    }

    @Override
    public CompletableFuture<LatticeOrders.Armed> arm(String planHash, Caller caller) {
        return submit(new DrillOrder.Arm(planHash, caller), LatticeOrders.Armed.class);
    }

    @Override
    public CompletableFuture<Void> disarm(String armToken, Caller caller) {
        return sim.submit(region, new DrillOrder.Disarm(armToken, caller)).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<Operation> start(
            String armToken, String requestId, String reason, boolean acceptRisk, Caller caller) {
        return submit(new DrillOrder.Start(armToken, requestId, reason, acceptRisk, caller), Operation.class);
    }

    @Override
    public CompletableFuture<Operation> hold(OperationId operation, String requestId, Caller caller) {
        return submit(new DrillOrder.Hold(operation, requestId, caller), Operation.class);
    }

    @Override
    public CompletableFuture<Operation> resume(OperationId operation, String requestId, Caller caller) {
        return submit(new DrillOrder.Resume(operation, requestId, caller), Operation.class);
    }

    @Override
    public CompletableFuture<Operation> cancel(OperationId operation, String requestId, String reason, Caller caller) {
        return submit(new DrillOrder.Cancel(operation, requestId, reason, caller), Operation.class);
    }

    @Override
    public CompletableFuture<Fault> inject(FaultSpec spec, String requestId, Caller caller) {
        return submit(new DrillOrder.Inject(spec, requestId, caller), Fault.class);
    }

    @Override
    public CompletableFuture<Fault> clear(String fault, String requestId, Caller caller) {
        return submit(new DrillOrder.Clear(fault, requestId, caller), Fault.class);
    }

    @Override
    public CompletableFuture<ClockReading> setClock(boolean paused, double rate, Caller caller) {
        return driver.setClock(paused, rate);
    }

    @Override
    public ClockReading clock() {
        ClockReading clock = driver.clock();
        return new ClockReading(
                clock.latticeTime(), sim.clocks.wallTime(region), clock.rate(), clock.achievedRate(), clock.paused());
    }

    @Override
    public boolean controlLost() {
        return sim.gateway(region).controlLost();
    }

    @Override
    public List<GatewayId> unreachablePeers() {
        return sim.gateway(region).unreachablePeers();
    }
}
