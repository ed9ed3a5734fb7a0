package io.latticeconsole.coordination;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.operation.DrainTask;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.operation.Prior;
import io.latticeconsole.operation.RedeployTask;
import io.latticeconsole.operation.ReplicaReading;
import io.latticeconsole.operation.RerouteTask;
import io.latticeconsole.operation.RestoreTask;
import io.latticeconsole.operation.Surge;
import io.latticeconsole.operation.Swap;
import io.latticeconsole.operation.Task;
import io.latticeconsole.plan.LoadView;
import io.latticeconsole.plan.NodeLoad;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.plan.Shares;
import io.latticeconsole.plan.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Turns a plan into what its operation has to remember.
final class Tasks {
    private Tasks() {}

    static Task of(OperationId id, Plan plan, LatticeState lattice, LoadView load, Instant now, Running running) {
        return switch (plan.spec()) {
            case OperationSpec.Drain spec -> {
                List<NodeId> nodes = Targets.ofDrain(lattice, spec);
                Duration deadline = plan.deadline() == null ? Duration.ofMinutes(2) : plan.deadline();
                yield DrainTask.of(nodes, prior(nodes, running), surges(id, plan), deadline, spec.policy());
            }
            case OperationSpec.Restore spec -> {
                List<NodeId> nodes = Targets.ofRestore(lattice, spec);
                Duration slow = spec.slowStart() == null ? Duration.ofSeconds(20) : spec.slowStart();
                yield RestoreTask.of(
                        nodes, prior(nodes, running), running.standIns().freedBy(nodes), slow);
            }
            case OperationSpec.Reroute spec -> {
                Route former = lattice.routes().get(spec.route());
                if (former == null) {
                    throw new IllegalStateException("planned for a route that is not there: " + spec.route());
                }
                yield RerouteTask.of(former, Shares.now(lattice, load, spec.route()), spec, now);
            }
            case OperationSpec.Redeploy spec -> redeploy(id, spec, lattice, load);
        };
    }

    private static Map<NodeId, Prior> prior(List<NodeId> nodes, Running running) {
        return nodes.stream()
                .collect(Collectors.toMap(
                        Function.identity(), n -> new Prior(running.outlook().admin(n), running.weight(n))));
    }

    /// `chat-8b-op12-1` and so on: unique, and says where it comes from.
    private static List<Surge> surges(OperationId id, Plan plan) {
        List<Surge> surges = new ArrayList<>();
        for (Placement p : plan.placements()) {
            String name =
                    p.node().name() + "/replicas/" + p.model().code() + "-" + code(id) + "-" + (surges.size() + 1);
            surges.add(new Surge(p, new ReplicaId(name)));
        }
        return surges;
    }

    private static Task redeploy(OperationId id, OperationSpec.Redeploy spec, LatticeState lattice, LoadView load) {
        List<Swap> swaps = new ArrayList<>();
        Map<ReplicaId, Double> baseline = new HashMap<>();
        for (Replica old : Targets.ofRedeploy(lattice, spec)) {
            NodeId node = old.id().node();
            String fresh = node.name() + "/replicas/" + spec.model().code() + "-" + code(id) + "-" + (swaps.size() + 1);
            swaps.add(new Swap(old.id(), old.version(), new ReplicaId(fresh), Swap.State.WAITING, false));
            NodeLoad report = load.nodes().get(node);
            ReplicaReading reading =
                    report == null ? null : report.replicas().get(old.id().code());
            if (reading != null && reading.ttftP95Millis() > 0) {
                baseline.put(old.id(), reading.ttftP95Millis());
            }
        }
        Model model = lattice.models().get(spec.model());
        return RedeployTask.of(spec, swaps, model == null ? 30 : model.loadSeconds(), baseline);
    }

    private static String code(OperationId id) {
        return id.name().substring(id.name().lastIndexOf('/') + 1).replace("-", "");
    }
}
