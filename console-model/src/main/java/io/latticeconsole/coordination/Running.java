package io.latticeconsole.coordination;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.DrainTask;
import io.latticeconsole.operation.Due;
import io.latticeconsole.operation.Engine;
import io.latticeconsole.operation.GatewayAnswer;
import io.latticeconsole.operation.GatewayOrder;
import io.latticeconsole.operation.Input;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.operation.RedeployTask;
import io.latticeconsole.operation.RerouteTask;
import io.latticeconsole.operation.RestoreTask;
import io.latticeconsole.operation.Run;
import io.latticeconsole.operation.Said;
import io.latticeconsole.operation.Step;
import io.latticeconsole.operation.Surge;
import io.latticeconsole.operation.Swap;
import io.latticeconsole.plan.Targets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operations of a coordinator: feeds them inputs, sends their orders, publishes their progress.
final class Running {
    static final int FINISHED_KEPT = 200;

    private final CoordinatorHost host;
    private final Map<OperationId, Run> runs = new LinkedHashMap<>();
    private final Published published;
    private final Map<NodeId, Double> weights = new HashMap<>();
    private final StandIns standIns = new StandIns();
    private final Afterwards afterwards = new Afterwards();
    private final Postman postman;
    private final Outlook outlook;

    Running(CoordinatorHost host) {
        this.host = host;
        this.published = new Published(host);
        this.postman = new Postman(host);
        this.outlook = new Outlook(host, runs);
    }

    Outlook outlook() {
        return outlook;
    }

    Afterwards afterwards() {
        return afterwards;
    }

    StandIns standIns() {
        return standIns;
    }

    /// The admission weight that routers were last given for a node.
    double weight(NodeId node) {
        return weights.getOrDefault(node, 1.0);
    }

    @Nullable
    Run find(OperationId id) {
        return runs.get(id);
    }

    /// Operations as the lattice knows them.
    Published published() {
        return published;
    }

    /// The unfinished operation that has one of these targets, or null.
    @Nullable
    Operation busy(List<ResourceName> targets) {
        return runs.values().stream()
                .filter(r ->
                        !r.isFinal() && Arms.conflict(targets, r.operation().targets()))
                .map(Run::operation)
                .findFirst()
                .orElse(null);
    }

    /// The replicas of others that an operation would replace or retire.
    List<ReplicaId> replicas(OperationSpec spec) {
        return switch (spec) {
            case OperationSpec.Redeploy redeploy ->
                Targets.ofRedeploy(host.lattice(), redeploy).stream()
                        .map(Replica::id)
                        .toList();
            case OperationSpec.Restore restore ->
                standIns.freedBy(Targets.ofRestore(host.lattice(), restore)).stream()
                        .map(Surge::replica)
                        .toList();
            case OperationSpec.Drain _, OperationSpec.Reroute _ -> List.of();
        };
    }

    /// The unfinished operation that placed this replica, retires it or replaces it, or null.
    @Nullable
    Operation holder(ReplicaId replica) {
        return runs.values().stream()
                .filter(r -> !r.isFinal() && r.task().replicas().contains(replica))
                .map(Run::operation)
                .findFirst()
                .orElse(null);
    }

    Operation start(Run run) {
        runs.put(run.id(), run);
        return feed(run, new Input.Started());
    }

    /// One input to one operation; returns the operation as published.
    Operation feed(Run run, Input input) {
        Step step = Engine.step(run, input, outlook);
        Run after = step.run();
        runs.put(after.id(), after);
        for (Due due : step.orders()) {
            if (due.order() instanceof GatewayOrder.SetAdmission(OperationId _, NodeId node, double weight)) {
                weights.put(node, weight);
            }
        }
        postman.send(step);
        String subject = after.operation().targets().getFirst().name();
        for (Said said : step.events()) {
            host.log(
                    said.type(),
                    said.severity(),
                    subject,
                    said.message(),
                    after.operation().operator(),
                    after.id().name());
        }
        if (after.isFinal() && !run.isFinal()) {
            ended(after);
        }
        if (after.isFinal() && after.awaiting().isEmpty()) {
            postman.forget(after.id());
        }
        return publish(after);
    }

    private void ended(Run run) {
        OperationState state = run.operation().state();
        afterwards.ended(run.operation());
        switch (run.task()) {
            case DrainTask d -> {
                boolean stay = state == OperationState.SUCCEEDED || state == OperationState.FAILED;
                if (stay && run.outcome() == null) {
                    standIns.keep(run.id(), d.prior().keySet(), d.surges());
                }
            }
            case RestoreTask r -> {
                if (state == OperationState.SUCCEEDED) {
                    standIns.restored(r.nodes());
                }
            }
            case RerouteTask _ -> {}
            case RedeployTask r -> {
                r.swaps().stream()
                        .filter(s -> s.state() == Swap.State.DONE)
                        .forEach(s -> standIns.replaced(s.old(), s.fresh()));
                boolean everywhere = run.operation().spec() instanceof OperationSpec.Redeploy spec
                        && spec.nodes().isEmpty();
                if (state == OperationState.SUCCEEDED && everywhere) {
                    newVersion(r);
                }
            }
        }
        List<OperationId> finished = runs.values().stream()
                .filter(r -> r.isFinal() && r.awaiting().isEmpty())
                .map(Run::id)
                .toList();
        for (OperationId old : finished.subList(0, Math.max(0, finished.size() - FINISHED_KEPT))) {
            runs.remove(old);
            published.forget(old);
            afterwards.forget(old);
        }
    }

    /// From now on replicas of the model get the version that was put everywhere.
    private void newVersion(RedeployTask r) {
        Model m = host.lattice().models().get(r.model());
        if (m != null) {
            host.publish(new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(new Model(
                    m.id(),
                    m.displayName(),
                    r.version(),
                    m.versions(),
                    m.objective(),
                    m.sizeBytes(),
                    m.minReadyFraction(),
                    m.tiers(),
                    m.loadSeconds(),
                    m.etag() + "-" + r.version()))));
        }
    }

    void answered(GatewayAnswer answer) {
        Postman.Letter letter = postman.open(answer);
        Run run = letter == null ? null : runs.get(letter.operation);
        if (letter != null && run != null) {
            feed(run, new Input.Answered(letter.due, answer));
        }
    }

    void nodeLost(NodeId node) {
        for (Run run : unfinished()) {
            if (run.task().nodes().contains(node)) {
                feed(run, new Input.NodeLost(node));
            }
        }
    }

    /// Drains that have not stopped anything wait when a failover has used up the budget.
    void holdOverBudget(String because) {
        for (Run run : unfinished()) {
            boolean waiting = run.operation().state() == OperationState.RUNNING
                    && run.outcome() == null
                    && run.task().beforeStop();
            String objection = waiting ? outlook.objectionAfterSurge(run) : null;
            if (objection != null) {
                feed(run, new Input.HoldOrdered("", "BUDGET after " + because + ": " + objection));
            }
        }
    }

    /// Everything that is under way waits for an operator.
    void holdAll(String why) {
        for (Run run : unfinished()) {
            if (run.operation().state() == OperationState.RUNNING) {
                feed(run, new Input.HoldOrdered("", why));
            }
        }
    }

    void tick() {
        for (Run run : unfinished()) {
            Run now = run;
            for (NodeId node : run.task().nodes()) {
                Node known = host.lattice().nodes().get(node);
                if (known != null && known.health() == Health.DOWN && !now.isFinal()) {
                    feed(now, new Input.NodeLost(node));
                    now = runs.getOrDefault(run.id(), now);
                }
            }
            if (!now.isFinal()) {
                feed(now, new Input.Ticked());
            }
        }
        for (OperationId id : afterwards.measure(host)) {
            Run run = runs.get(id);
            if (run != null) {
                publish(run);
            }
        }
        postman.tick();
    }

    private List<Run> unfinished() {
        var open = new ArrayList<>(runs.values());
        open.removeIf(Run::isFinal);
        return open;
    }

    private Operation publish(Run run) {
        return published.tell(run.operation(), afterwards.of(run.id()));
    }
}
