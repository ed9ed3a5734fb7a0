package io.latticeconsole.coordination;

import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.endpoint.LatticeOrders.Armed;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.GatewayAnswer;
import io.latticeconsole.operation.Input;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationProgress;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.operation.Run;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.plan.PlanRefused;
import io.latticeconsole.plan.Planner;
import io.latticeconsole.plan.Targets;
import io.latticeconsole.plan.Violation;
import io.latticeconsole.plan.ViolationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Plans, arms and operations of one lattice.
///
/// Confined to its host's one thread. Deterministic: it reads no clock but the host's, and its ids and tokens come from
/// the seed. Every refusal is an [OrderRefused] as the contract words it. An order is only ever sent through
/// [CoordinatorHost#order]; what becomes of it comes back by [#answered].
public final class Coordinator {
    private final CoordinatorHost host;
    private final Running running;
    private final Arms arms;
    private final Shelf shelf = new Shelf();
    private final FirstAnswers first = new FirstAnswers();
    private long lastOperation;

    public Coordinator(CoordinatorHost host, long seed) {
        this.host = host;
        this.running = new Running(host);
        this.arms = new Arms(seed, host::publish);
    }

    /// What an operation would do; changes nothing.
    public Plan plan(OperationSpec spec, Caller caller) {
        try {
            return shelf.keep(compute(spec));
        } catch (PlanRefused refused) {
            throw Refusals.of(refused);
        }
    }

    private Plan compute(OperationSpec spec) {
        return Planner.plan(host.lattice(), host.load(), spec, running.outlook().reservations(null));
    }

    /// Holds a plan's targets for its caller.
    public Armed arm(String planHash, Caller caller) {
        Plan plan = shelf.find(planHash);
        again(plan);
        reachable(plan);
        free(plan);
        return arms.take(plan, caller, host.wallTime());
    }

    /// Gives an arm up; one that is gone already is no error.
    public void disarm(String token, Caller caller) {
        if (arms.find(token) != null) {
            arms.require(token, caller, host.wallTime());
            arms.release(token);
        }
    }

    /// Starts what the token holds. The same request id gets the first answer.
    public Operation start(String token, String requestId, String reason, boolean acceptRisk, Caller caller) {
        return first.once("start", requestId, () -> {
            Arm arm = arms.require(token, caller, host.wallTime());
            if (acceptRisk && reason.isBlank()) {
                throw Refusals.field("reason", "accepting a risk needs a reason");
            }
            Plan armed = shelf.find(arm.planHash());
            Plan now = again(armed);
            violations(armed, now, acceptRisk);
            reachable(now);
            free(now);
            Operation operation = begin(now, reason.strip(), acceptRisk, caller);
            arms.release(token);
            return operation;
        });
    }

    /// The plan as it is now.
    private Plan again(Plan plan) {
        Plan now;
        try {
            now = compute(plan.spec());
        } catch (PlanRefused refused) {
            throw Refusals.premises(refused.subjects(), String.valueOf(refused.getMessage()));
        }
        if (!now.hash().equals(plan.hash())) {
            List<String> changed = new ArrayList<>();
            now.premises().stream().filter(p -> !plan.premises().contains(p)).forEach(p -> changed.add(p.resource()));
            plan.premises().stream()
                    .map(p -> p.resource())
                    .filter(r ->
                            now.premises().stream().noneMatch(p -> p.resource().equals(r)))
                    .forEach(changed::add);
            throw Refusals.premises(changed, String.join(", ", changed) + " changed since the plan was made");
        }
        return now;
    }

    private static void violations(Plan armed, Plan now, boolean acceptRisk) {
        List<Violation> added =
                now.violations().stream().filter(v -> !v.presentBefore()).toList();
        List<Violation> unseen = added.stream()
                .filter(v -> armed.violations().stream()
                        .noneMatch(w -> w.kind() == v.kind() && w.subject().equals(v.subject())))
                .toList();
        if (!unseen.isEmpty()) {
            throw Refusals.newViolations(unseen);
        }
        if (!added.isEmpty() && !acceptRisk) {
            throw Refusals.violations(added);
        }
    }

    private void reachable(Plan plan) {
        for (GatewayId owner : owners(plan)) {
            if (!host.reachable(owner)) {
                throw Refusals.unreachable(owner);
            }
        }
    }

    private Set<GatewayId> owners(Plan plan) {
        var owners = new TreeSet<GatewayId>();
        for (NodeId node : Targets.nodes(host.lattice(), plan.spec())) {
            owners.add(running.outlook().owner(node));
        }
        if (plan.spec() instanceof OperationSpec.Reroute reroute) {
            Region region = host.lattice().regions().get(reroute.route().region());
            if (region != null) {
                owners.add(region.gateway());
            }
        }
        return owners;
    }

    private void free(Plan plan) {
        Operation busy = running.busy(plan.targets());
        if (busy != null) {
            throw Refusals.busy(busy, plan.targets());
        }
        for (ReplicaId replica : running.replicas(plan.spec())) {
            Operation holder = running.holder(replica);
            if (holder != null) {
                throw Refusals.busy(holder, List.of(replica));
            }
        }
    }

    private Operation begin(Plan plan, String reason, boolean acceptRisk, Caller caller) {
        var id = OperationId.numbered(++lastOperation);
        var operation = new Operation(
                id,
                plan.spec(),
                plan.targets(),
                OperationState.RUNNING,
                "",
                List.of(),
                OperationProgress.NONE,
                caller.name(),
                caller.verified(),
                reason,
                acceptRisk,
                "",
                "",
                host.latticeTime(),
                null,
                plan.effects(),
                null,
                "");
        Set<ModelId> excused = new TreeSet<>();
        plan.violations().stream()
                .filter(v -> v.kind() == ViolationKind.BUDGET)
                .forEach(v -> excused.add(new ModelId(v.subject())));
        running.afterwards().promised(id, plan);
        return running.start(Run.of(
                operation, Tasks.of(id, plan, host.lattice(), host.load(), host.latticeTime(), running), excused));
    }

    /// Lets an operation wait where it is.
    public Operation hold(OperationId id, String requestId, Caller caller) {
        return first.once(
                "hold " + id, requestId, () -> running.feed(unfinished(id), new Input.HoldOrdered(caller.name(), "")));
    }

    /// Lets a held operation go on.
    public Operation resume(OperationId id, String requestId, Caller caller) {
        return first.once("resume " + id, requestId, () -> {
            Run run = unfinished(id);
            boolean held = run.operation().state() == OperationState.HELD;
            if (held && run.outcome() == null && run.task().beforeStop()) {
                String objection = running.outlook().objectionAfterSurge(run);
                if (objection != null) {
                    throw Refusals.budget(run.operation(), objection);
                }
            }
            return running.feed(run, new Input.ResumeOrdered(caller.name()));
        });
    }

    /// Cancels an operation: everything becomes as it was before. A redeploy is rolled back.
    public Operation cancel(OperationId id, String requestId, String reason, Caller caller) {
        return first.once(
                "cancel " + id,
                requestId,
                () -> running.feed(unfinished(id), new Input.CancelOrdered(caller.name(), reason.strip())));
    }

    private Run unfinished(OperationId id) {
        Run run = running.find(id);
        Operation known = running.published().find(id);
        if (run != null && !run.isFinal()) {
            return run;
        }
        if (known == null) {
            throw Refusals.unknownOperation(id.name());
        }
        throw Refusals.state(known, id + " has ended: " + known.state());
    }

    /// A gateway's answer to an order has arrived.
    public void answered(GatewayAnswer answer) {
        running.answered(answer);
    }

    /// A failover has begun somewhere: drains that have stopped nothing yet wait if it uses up their budget.
    public void failoverOpened(Failover failover) {
        running.holdOverBudget(failover.id().name());
    }

    /// A node is down.
    public void nodeLost(NodeId node) {
        running.nodeLost(node);
        running.holdOverBudget("the loss of " + node);
    }

    /// Time has passed: 10 to 50 ms of lattice time.
    public void tick() {
        arms.expire(host.wallTime());
        running.tick();
    }

    /// Everything the coordinator owns now: operations and arms.
    public List<Fact> snapshot() {
        List<Fact> facts = new ArrayList<>();
        running.published().all().forEach(op -> facts.add(new Fact.OperationChanged(op)));
        arms.all().forEach(arm -> facts.add(new Fact.ArmTaken(arm)));
        return facts;
    }

    /// The coordinator is back after it was away: what was under way waits until an operator has looked at it
    /// and resumes or cancels, and what was armed has to be armed again. `why` goes on after "held".
    public void restarted(String why) {
        arms.releaseAll();
        running.holdAll(why);
    }

    /// Every operation as it was published last, in the order in which they were started.
    public List<Operation> operations() {
        return running.published().all();
    }

    /// Grows whenever [#operations] changes.
    public long revision() {
        return running.published().revision();
    }

    /// What a coordinator before this one had published, before anything else is asked of this one. Nobody goes on with
    /// what was under way: that has failed, and whatever it had changed stays.
    public void recall(List<Operation> before) {
        for (Operation operation : before) {
            lastOperation = Math.max(lastOperation, operation.id().number());
        }
        new Recall(host, running.published()).tell(before);
    }

    /// Whether this resource is the target of an unfinished operation.
    public boolean isBusy(ResourceName target) {
        return running.busy(List.of(target)) != null;
    }
}
