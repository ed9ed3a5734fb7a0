package io.latticeconsole.operation;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;

/// The scratch pad of one step: it starts from a [Run], is written by the engine, and ends as a [Step]. Never outlives
/// the call, so that engines stay pure from outside.
final class Turn {
    /// How long a phase may wait for answers before the operation is HELD.
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final Surroundings around;
    final Instant now;
    final Run before;
    Task task;
    OperationProgress progress;
    Counting counting;
    private OperationState state;
    private String failureReason;
    private String message;
    private @Nullable Instant end;
    private final List<OperationPhase> phases;
    private PMap<String, Due> awaiting;
    private Instant since;
    private Duration patience;
    private @Nullable Instant heldSince;
    private Run.@Nullable Outcome outcome;
    private final List<Due> orders = new ArrayList<>();
    private final List<Said> events = new ArrayList<>();

    Turn(Run run, Surroundings around) {
        this.around = around;
        this.now = around.now();
        this.before = run;
        this.task = run.task();
        this.progress = run.operation().progress();
        this.counting = run.counting();
        this.state = run.operation().state();
        this.failureReason = run.operation().failureReason();
        this.message = run.operation().message();
        this.end = run.operation().end();
        this.phases = new ArrayList<>(run.operation().phases());
        this.awaiting = run.awaiting();
        this.since = run.since();
        this.patience = run.patience();
        this.heldSince = run.heldSince();
        this.outcome = run.outcome();
    }

    boolean running() {
        return state == OperationState.RUNNING;
    }

    boolean held() {
        return state == OperationState.HELD;
    }

    boolean undoing() {
        return outcome != null;
    }

    // --- orders

    void toOwner(NodeId node, GatewayOrder order) {
        send(new Due(around.owner(node), order));
    }

    void toAll(GatewayOrder order) {
        around.gateways().forEach(g -> send(new Due(g, order)));
    }

    void send(Due due) {
        if (due.binds()) {
            awaiting = awaiting.plus(due.slot(), due);
        }
        orders.add(due);
    }

    void admission(ResourceName subject, double weight) {
        toAll(new GatewayOrder.SetAdmission(before.id(), subject, weight));
    }

    /// Takes an answer off what is awaited; a refused order stays, so that a resume sends it again.
    void settle(Due due, GatewayAnswer answer) {
        if (answer.accepted() && due.equals(awaiting.get(due.slot()))) {
            awaiting = awaiting.minus(due.slot());
            touch();
        }
    }

    /// Gives up waiting for this one.
    void drop(Due due) {
        awaiting = awaiting.minus(due.slot());
    }

    /// Gives up waiting for all but what was told to go: whether it went decides what there is to bring back.
    void dropAll() {
        for (Due due : awaiting.values()) {
            if (!(due.order() instanceof GatewayOrder.RetireReplica)) {
                awaiting = awaiting.minus(due.slot());
            }
        }
    }

    boolean confirmed() {
        return awaiting.isEmpty();
    }

    Collection<Due> awaited() {
        return awaiting.values();
    }

    boolean awaits(Class<? extends GatewayOrder> kind) {
        return awaiting.values().stream().anyMatch(d -> kind.isInstance(d.order()));
    }

    boolean awaits(ReplicaId replica) {
        return awaiting.values().stream().anyMatch(d -> switch (d.order()) {
            case GatewayOrder.PlaceReplica o -> o.replica().equals(replica);
            case GatewayOrder.RetireReplica o -> o.replica().equals(replica);
            case GatewayOrder.SetAdmission o -> o.subject().equals(replica);
            case GatewayOrder.ProbeReplica o -> o.replica().equals(replica);
            case GatewayOrder.SetAdminState _,
                    GatewayOrder.SetRoute _,
                    GatewayOrder.AskInFlight _,
                    GatewayOrder.MoveStreams _,
                    GatewayOrder.AbortRequests _ -> false;
        });
    }

    // --- phases and progress

    void enter(Enum<?> step, String detail, Duration newPatience) {
        closePhase();
        phases.add(new OperationPhase(step.name(), now, null, 0, detail));
        patience = newPatience;
        touch();
        say("OPERATION_PHASE", Severity.INFO, step.name() + (detail.isEmpty() ? "" : ": " + detail));
    }

    void detail(String text, double share) {
        if (!phases.isEmpty()) {
            OperationPhase p = phases.getLast();
            double progressed = Math.clamp(Double.isNaN(share) ? 0 : share, 0, 1);
            phases.set(phases.size() - 1, new OperationPhase(p.phase(), p.start(), p.end(), progressed, text));
        }
    }

    private void closePhase() {
        if (!phases.isEmpty() && phases.getLast().end() == null) {
            OperationPhase p = phases.getLast();
            phases.set(phases.size() - 1, new OperationPhase(p.phase(), p.start(), now, 1, p.detail()));
        }
    }

    void patience(Duration newPatience) {
        patience = newPatience;
    }

    /// Something moved: the phase's patience starts anew.
    void touch() {
        since = now;
    }

    boolean outOfPatience() {
        return now.isAfter(since.plus(patience));
    }

    /// Which gateways have not answered, for a sentence.
    String waitsFor() {
        var names = new TreeSet<String>();
        for (Due due : awaiting.values()) {
            GatewayId to = due.to();
            names.add(to.name() + (around.reachable(to) ? " (no confirmation)" : " (unreachable)"));
        }
        return names.isEmpty() ? "" : "waits for " + String.join(", ", names);
    }

    // --- outcome

    void hold(String by, String why) {
        if (running()) {
            state = OperationState.HELD;
            heldSince = now;
            message = why;
            String who = by.isEmpty() ? "held" : "held by " + by;
            say("OPERATION_HELD", Severity.MEDIUM, who + (why.isEmpty() ? "" : ": " + why));
        }
    }

    /// Goes on after a hold and sends again what was refused or lost; returns how long it was held.
    Duration resume(String by) {
        Duration held = heldSince == null ? Duration.ZERO : Duration.between(heldSince, now);
        state = OperationState.RUNNING;
        heldSince = null;
        message = "";
        orders.addAll(awaiting.values());
        touch();
        say("OPERATION_RESUMED", Severity.INFO, "resumed by " + by);
        return held;
    }

    /// Starts the way back; the run ends with that outcome once everything is as before.
    void undo(Enum<?> rollback, Run.Outcome ending) {
        outcome = ending;
        state = OperationState.RUNNING;
        heldSince = null;
        message = ending.message();
        counting = Counting.NONE;
        dropAll();
        enter(rollback, ending.message(), PATIENCE.multipliedBy(4));
    }

    /// @param left what is not as before, because its node died (a sentence), or empty
    void undone(String left) {
        if (outcome != null && left.isEmpty()) {
            finish(outcome.state(), outcome.failureReason(), outcome.message());
        } else if (outcome != null) {
            finish(OperationState.FAILED, "TARGET_LOST", outcome.message() + "; all is as before, but " + left);
        }
    }

    void finish(OperationState ending, String reason, String text) {
        closePhase();
        state = ending;
        failureReason = reason;
        message = text;
        end = now;
        Severity severity = switch (ending) {
            case FAILED -> Severity.HIGH;
            case ROLLED_BACK -> Severity.MEDIUM;
            case RUNNING, HELD, SUCCEEDED, CANCELLED, EXPIRED -> Severity.INFO;
        };
        say("OPERATION_" + ending.name(), severity, (reason.isEmpty() ? "" : reason + ": ") + text);
    }

    void message(String text) {
        message = text;
    }

    /// Logs a sentence that names the operation, who ordered it and why.
    void say(String type, Severity severity, String text) {
        Operation op = before.operation();
        String why = op.reason().isEmpty() ? "" : ", \"" + op.reason() + "\"";
        events.add(new Said(type, severity, Wording.of(op) + " (" + op.operator() + why + "): " + text));
    }

    Step step() {
        Operation o = before.operation();
        String phase = phases.isEmpty() ? "" : phases.getLast().phase();
        var operation = new Operation(
                o.id(),
                o.spec(),
                o.targets(),
                state,
                phase,
                phases,
                progress,
                o.operator(),
                o.operatorVerified(),
                o.reason(),
                o.acceptedRisk(),
                failureReason,
                message,
                o.start(),
                end,
                o.predicted(),
                o.hindsight(),
                o.etag());
        var run = new Run(operation, task, before.excused(), awaiting, since, patience, counting, heldSince, outcome);
        return new Step(run, orders, events);
    }
}
