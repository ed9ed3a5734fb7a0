package io.latticeconsole.coordination;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.operation.DrainTask;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.operation.Prior;
import io.latticeconsole.operation.RestoreTask;
import io.latticeconsole.operation.Surge;
import io.latticeconsole.operation.Task;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.plan.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Turns a plan into what its operation has to remember.
final class Tasks {
    private Tasks() {}

    static Task of(OperationId id, Plan plan, LatticeState lattice, Running running) {
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
            case OperationSpec.Reroute _, OperationSpec.Redeploy _ ->
                throw new IllegalStateException("was not planned");
        };
    }

    private static Map<NodeId, Prior> prior(List<NodeId> nodes, Running running) {
        return nodes.stream()
                .collect(Collectors.toMap(
                        Function.identity(), n -> new Prior(running.outlook().admin(n), running.weight(n))));
    }

    /// `chat-8b-op12-1` and so on: unique, and says where it comes from.
    private static List<Surge> surges(OperationId id, Plan plan) {
        String op = id.name().substring(id.name().lastIndexOf('/') + 1).replace("-", "");
        List<Surge> surges = new ArrayList<>();
        for (Placement p : plan.placements()) {
            String name = p.node().name() + "/replicas/" + p.model().code() + "-" + op + "-" + (surges.size() + 1);
            surges.add(new Surge(p, new ReplicaId(name)));
        }
        return surges;
    }
}
