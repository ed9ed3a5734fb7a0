package io.latticeconsole.coordination;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.DrainTask;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.operation.RedeployTask;
import io.latticeconsole.operation.ReplicaReading;
import io.latticeconsole.operation.RerouteTask;
import io.latticeconsole.operation.RestoreTask;
import io.latticeconsole.operation.Run;
import io.latticeconsole.operation.Surge;
import io.latticeconsole.operation.Surroundings;
import io.latticeconsole.plan.Hosts;
import io.latticeconsole.plan.NodeLoad;
import io.latticeconsole.plan.Planner;
import io.latticeconsole.plan.Reservation;
import io.latticeconsole.plan.Room;
import io.latticeconsole.plan.Violation;
import io.latticeconsole.telemetry.FlowSample;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What operations see of the lattice: the host's knowledge, and the other operations' claims on it.
final class Outlook implements Surroundings {
    private final CoordinatorHost host;
    private final Map<OperationId, Run> runs;

    /// @param runs the live view of all operations
    Outlook(CoordinatorHost host, Map<OperationId, Run> runs) {
        this.host = host;
        this.runs = runs;
    }

    @Override
    public LatticeState lattice() {
        return host.lattice();
    }

    @Override
    public Instant now() {
        return host.latticeTime();
    }

    @Override
    public List<GatewayId> gateways() {
        return host.gateways();
    }

    @Override
    public boolean reachable(GatewayId gateway) {
        return host.reachable(gateway);
    }

    @Override
    public GatewayId owner(NodeId node) {
        Region region = lattice().regions().get(node.region());
        if (region == null) {
            throw new IllegalStateException("no gateway is known for " + node.region());
        }
        return region.gateway();
    }

    @Override
    public @Nullable String objection(Run run, Collection<NodeId> nodes, Collection<ReplicaId> replicas) {
        return objection(run, nodes, replicas, List.of());
    }

    /// As above, counting what the operation itself is still to place.
    @Nullable
    String objectionAfterSurge(Run run) {
        return objection(run, run.task().nodes(), List.of(), promised(run));
    }

    private @Nullable String objection(
            Run run, Collection<NodeId> nodes, Collection<ReplicaId> replicas, List<Placement> promised) {
        Set<NodeId> stopped = new HashSet<>();
        for (Run other : runs.values()) {
            if (!other.id().equals(run.id()) && !other.isFinal() && takesOut(other)) {
                stopped.addAll(other.task().nodes());
            }
        }
        return Planner.budgetsWithout(lattice(), host.load(), nodes, replicas, stopped, promised).stream()
                .filter(v -> run.excused().stream().noneMatch(m -> m.name().equals(v.subject())))
                .findFirst()
                .map(Violation::description)
                .orElse(null);
    }

    private static boolean takesOut(Run run) {
        return switch (run.task()) {
            case DrainTask d -> d.stopped() && run.outcome() == null;
            case RestoreTask _ -> run.outcome() != null;
            case RerouteTask _, RedeployTask _ -> false;
        };
    }

    /// What running operations have claimed, apart from one of them.
    List<Reservation> reservations(@Nullable OperationId except) {
        return runs.values().stream()
                .filter(r -> !r.isFinal() && !r.id().equals(except))
                .map(this::reservation)
                .toList();
    }

    private Reservation reservation(Run run) {
        return switch (run.task()) {
            case DrainTask d when run.outcome() == null -> new Reservation(Set.copyOf(d.nodes()), promised(run));
            case DrainTask _, RestoreTask _, RerouteTask _, RedeployTask _ -> new Reservation(Set.of(), List.of());
        };
    }

    private List<Placement> promised(Run run) {
        return switch (run.task()) {
            case DrainTask d ->
                d.surges().stream()
                        .filter(s -> !ready(s.replica()))
                        .map(Surge::placement)
                        .toList();
            case RestoreTask _, RerouteTask _, RedeployTask _ -> List.of();
        };
    }

    private boolean ready(ReplicaId id) {
        Replica replica = lattice().replica(id);
        return replica != null && replica.state() == ReplicaState.READY;
    }

    @Override
    public @Nullable Placement anotherHost(Run run, Placement failed, Set<NodeId> tried) {
        Set<NodeId> except = new HashSet<>(tried);
        except.addAll(run.task().nodes());
        List<Reservation> claims = reservations(null);
        claims.forEach(r -> except.addAll(r.removed()));
        return new Hosts(lattice(), claims).next(failed.model(), failed.node().site(), except);
    }

    @Override
    public boolean fitsBeside(ReplicaId id) {
        Replica replica = lattice().replica(id);
        Model model = replica == null ? null : lattice().models().get(replica.model());
        return replica != null
                && model != null
                && Room.fits(lattice(), id.node(), model, Math.max(1, replica.acceleratorCount()), List.of());
    }

    @Override
    public boolean objectiveBroken(RouteId route, Collection<SiteId> sites) {
        Model model = lattice().models().get(route.model());
        Map<SiteId, FlowSample> flows = host.load().flows().get(route);
        return model != null
                && flows != null
                && sites.stream()
                        .map(flows::get)
                        .anyMatch(f -> f != null
                                && f.requests().value() > 0
                                && f.latencyP95().value()
                                        > model.objective().p95Limit().value());
    }

    @Override
    public @Nullable ReplicaReading reading(ReplicaId replica) {
        NodeLoad load = host.load().nodes().get(replica.node());
        return load == null ? null : load.replicas().get(replica.code());
    }

    /// How a node stands before an operation touches it.
    AdminState admin(NodeId node) {
        var known = lattice().nodes().get(node);
        return known == null ? AdminState.SERVING : known.adminState();
    }
}
