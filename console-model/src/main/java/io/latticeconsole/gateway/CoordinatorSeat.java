package io.latticeconsole.gateway;

import io.latticeconsole.coordination.Coordinator;
import io.latticeconsole.coordination.CoordinatorHost;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.GatewayAnswer;
import io.latticeconsole.operation.GatewayOrder;
import io.latticeconsole.plan.LoadView;
import io.latticeconsole.world.RegionSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The coordinator's seat in its gateway: it sees what the gateway knows, and no more.
public final class CoordinatorSeat implements CoordinatorHost {
    private final Surroundings surroundings;
    private final Gateway gateway;
    private final List<GatewayId> gateways;
    private @Nullable Coordinator coordinator;
    private @Nullable LatticeState seen;
    private Set<NodeId> down = new HashSet<>();
    private final Set<String> failovers = new HashSet<>();
    private @Nullable Instant awaySince;
    /// Answers wait for the next tick: the own gateway answers within the order, when the coordinator is not done with
    /// it.
    private final ArrayDeque<GatewayAnswer> arrived = new ArrayDeque<>();

    /// @param surroundings the gateway's own
    public CoordinatorSeat(Gateway gateway, Surroundings surroundings) {
        this.surroundings = surroundings;
        this.gateway = gateway;
        this.gateways =
                surroundings.world().regions().stream().map(RegionSpec::gateway).toList();
    }

    public void attach(Coordinator newCoordinator) {
        coordinator = newCoordinator;
        gateway.lines().onAnswer(arrived::add);
    }

    /// Every tick while the gateway's control plane lives.
    public void tick() {
        Coordinator c = coordinator;
        if (c == null || isAway()) {
            return;
        }
        Instant since = awaySince;
        if (since != null) {
            awaySince = null;
            long seconds = Math.max(1, Duration.between(since, latticeTime()).toSeconds());
            c.restarted("the coordinator was away for " + seconds + " s; look at it, then resume or cancel");
        }
        for (int n = arrived.size(); n > 0; n--) {
            c.answered(arrived.remove());
        }
        LatticeState state = gateway.state();
        LatticeState before = seen;
        if (before == null || changed(before, state)) {
            lookForLosses(c, before, state);
        }
        seen = state;
        for (Failover failover : gateway.failovers()) {
            if (failovers.add(failover.id().name())) {
                c.failoverOpened(failover);
            }
        }
        c.tick();
    }

    /// Whether the gateway's control plane is out of service, and with it the coordinator.
    public boolean isAway() {
        boolean away = gateway.controlLost();
        if (away && awaySince == null) {
            awaySince = latticeTime();
        }
        return away;
    }

    @SuppressWarnings("ReferenceEquality") // persistent maps: unchanged is the same one
    private static boolean changed(LatticeState before, LatticeState now) {
        return before.nodes() != now.nodes();
    }

    /// A node that has left is as lost to operations as one that is down.
    private void lookForLosses(Coordinator c, @Nullable LatticeState earlier, LatticeState state) {
        Set<NodeId> now = new HashSet<>();
        for (Node node : state.nodes().values()) {
            if (node.health() == Health.DOWN) {
                now.add(node.id());
            }
        }
        if (earlier != null) {
            earlier.nodes().keySet().stream()
                    .filter(id -> !state.nodes().containsKey(id))
                    .forEach(now::add);
        }
        Set<NodeId> before = down;
        down = now;
        now.stream().filter(id -> !before.contains(id)).sorted().forEach(c::nodeLost);
    }

    @Override
    public LatticeState lattice() {
        return gateway.state();
    }

    @Override
    public LoadView load() {
        return gateway.traffic().view();
    }

    @Override
    public Instant latticeTime() {
        return surroundings.instant(surroundings.now());
    }

    @Override
    public Instant wallTime() {
        return surroundings.wallTime();
    }

    @Override
    public List<GatewayId> gateways() {
        return gateways;
    }

    @Override
    public boolean reachable(GatewayId id) {
        return gateway.lines().reachable(id);
    }

    @Override
    public void order(GatewayId to, long orderId, GatewayOrder order) {
        gateway.lines().send(to, orderId, order);
    }

    @Override
    public void publish(Fact fact) {
        if (fact instanceof Fact.LatticeChanged(LatticeEvent.ObjectChanged(LatticeObject object))) {
            gateway.put(object);
            return;
        }
        gateway.publish(fact);
    }

    @Override
    public void log(String type, Severity severity, String subject, String message, String operator, String cause) {
        gateway.log(type, severity, subject, message, operator, cause);
    }
}
