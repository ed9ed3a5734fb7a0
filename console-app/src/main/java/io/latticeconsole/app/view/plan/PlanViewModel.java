package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.fx.LatestAnswer;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.app.view.plan.Refusal.Step;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.store.ConsoleState;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// One order from wish to outcome: form, plan, arm, start, read back. Planning has no effect; nothing reaches
/// the lattice but what [#enter] and [#start] send. FX thread only; answers come back through the given executor,
/// and one that was overtaken is dropped (an arm that nobody waits for any more is given back).
public final class PlanViewModel {
    /// Longer than an arm holds: whatever has not shown by then was not started.
    private static final Duration READ_BACK_FOR = Duration.ofSeconds(40);

    private final LatticeOrders orders;
    private final Executor fx;
    private final LatestAnswer answers;
    private final ReadOnlyObjectWrapper<@Nullable PlanForm> form = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<PlanStage> stage = new ReadOnlyObjectWrapper<>(new PlanStage.Editing(null));
    private final PlanNotes notes = new PlanNotes();
    private final ReadOnlyIntegerWrapper secondsLeft = new ReadOnlyIntegerWrapper();
    private final Safeguards safeguards = new Safeguards();
    private final InvalidationListener edited = _ -> outdate();
    private ConsoleState state = ConsoleState.EMPTY;
    private Instant now = Instant.EPOCH;

    public PlanViewModel(LatticeOrders orders, Executor fx) {
        this.orders = orders;
        this.fx = fx;
        answers = new LatestAnswer(fx);
        safeguards.acceptRiskProperty().addListener(_ -> refreshCode());
    }

    /// The form that is open, null while the panel is closed.
    public ReadOnlyObjectProperty<@Nullable PlanForm> formProperty() {
        return form.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<PlanStage> stageProperty() {
        return stage.getReadOnlyProperty();
    }

    /// What there is to tell beside the plan.
    public PlanNotes notes() {
        return notes;
    }

    /// Seconds for which the arm still holds.
    public ReadOnlyIntegerProperty secondsLeftProperty() {
        return secondsLeft.getReadOnlyProperty();
    }

    /// What the operator has to give beyond the keys.
    public Safeguards safeguards() {
        return safeguards;
    }

    public LatticeState lattice() {
        return state.lattice();
    }

    /// Opens the form of an operation for an object and, where its fields are complete, asks for the plan at once.
    ///
    /// @return whether such an operation makes sense for the object
    public boolean open(PlanKind kind, ResourceName selected) {
        PlanForm opened = PlanForms.of(state.lattice(), kind, selected);
        return opened != null && show(opened);
    }

    /// Changes the route of an open reroute form.
    public void chooseRoute(RouteId route) {
        open(PlanKind.REROUTE, route);
    }

    private boolean show(PlanForm opened) {
        close();
        form.set(opened);
        opened.inputs().forEach(i -> i.addListener(edited));
        if (opened.check(state.lattice()).errors().isEmpty()) {
            askPlan();
        }
        return true;
    }

    /// Leaves the panel; an arm is given back.
    public void close() {
        giveBack();
        answers.overtake();
        PlanForm open = form.get();
        if (open != null) {
            open.inputs().forEach(i -> i.removeListener(edited));
        }
        form.set(null);
        safeguards.clear();
        notes.outcome(null);
        become(new PlanStage.Editing(null));
    }

    /// Enter: plans what the fields say, or arms the plan that is shown.
    public void enter() {
        if (form.get() == null) {
            return;
        }
        switch (stage.get()) {
            case PlanStage.Editing _ -> askPlan();
            case PlanStage.Planned planned -> arm(planned.plan());
            case PlanStage.Armed _ -> notes.refuse(Step.START, PaneText.of("plan.alreadyArmed"));
            case PlanStage.Planning _, PlanStage.Arming _, PlanStage.Starting _, PlanStage.Unknown _ -> {}
            case PlanStage.Started _ -> close();
        }
    }

    /// Ctrl+Enter: starts what is armed.
    public void start() {
        if (form.get() == null) {
            return;
        }
        switch (stage.get()) {
            case PlanStage.Armed(Plan plan, LatticeOrders.Armed armed) -> begin(plan, armed);
            case PlanStage.Editing _, PlanStage.Planning _ -> notes.refuse(Step.START, PaneText.of("plan.notPlanned"));
            case PlanStage.Planned _, PlanStage.Arming _ -> notes.refuse(Step.START, PaneText.of("plan.notArmed"));
            case PlanStage.Starting _, PlanStage.Unknown _, PlanStage.Started _ -> {}
        }
    }

    /// Esc: disarms, or closes the panel where nothing is armed.
    public void escape() {
        switch (stage.get()) {
            case PlanStage.Armed armed -> {
                giveBack();
                answers.overtake();
                become(new PlanStage.Planned(armed.plan()));
            }
            case PlanStage.Arming(Plan plan) -> {
                answers.overtake();
                become(new PlanStage.Planned(plan));
            }
            case PlanStage.Starting _, PlanStage.Unknown _ -> notes.refuse(Step.START, PaneText.of("plan.onItsWay"));
            case PlanStage.Editing _, PlanStage.Planning _, PlanStage.Planned _, PlanStage.Started _ -> close();
        }
    }

    /// Takes over what is known now; `wallNow` is the console's wall clock.
    public void update(ConsoleState newest, Instant wallNow) {
        state = newest;
        now = wallNow;
        if (form.get() == null) {
            return;
        }
        notes.heldByOther(ArmChecks.otherHolder(state, now, stage.get()));
        switch (stage.get()) {
            case PlanStage.Armed(Plan plan, LatticeOrders.Armed armed) -> countDown(plan, armed);
            case PlanStage.Unknown unknown -> readBack(unknown);
            case PlanStage.Started started -> follow(started.operation());
            case PlanStage.Editing _,
                    PlanStage.Planning _,
                    PlanStage.Planned _,
                    PlanStage.Arming _,
                    PlanStage.Starting _ -> {}
        }
    }

    private void outdate() {
        if (stage.get() instanceof PlanStage.Planned || stage.get() instanceof PlanStage.Planning) {
            answers.overtake();
            become(new PlanStage.Editing(stage.get().shown()));
        }
        notes.clear();
    }

    private void become(PlanStage next) {
        notes.clear();
        stage.set(next);
        refreshCode();
    }

    private void refreshCode() {
        Plan plan = stage.get().isCurrent() ? stage.get().shown() : null;
        safeguards.refresh(state.lattice(), plan);
    }

    private void askPlan() {
        PlanForm open = form.get();
        if (open == null) {
            return;
        }
        PlanForm.Checked checked = open.check(state.lattice());
        OperationSpec spec = checked.spec();
        if (spec == null) {
            notes.fieldErrors(checked.errors());
            return;
        }
        Plan former = stage.get().shown();
        become(new PlanStage.Planning(former));
        answers.await(
                orders.plan(spec),
                plan -> become(new PlanStage.Planned(plan)),
                refused -> turnDown(new PlanStage.Editing(former), Step.PLAN, refused),
                _ -> {});
    }

    private void arm(Plan plan) {
        String missing = safeguards.missing(plan);
        if (!missing.isEmpty()) {
            notes.refuse(Step.ARM, missing);
            return;
        }
        become(new PlanStage.Arming(plan));
        answers.await(
                orders.arm(plan.hash()),
                armed -> {
                    become(new PlanStage.Armed(plan, armed));
                    secondsLeft.set(
                            ArmChecks.secondsUntil(state, now, armed.arm().expires()));
                },
                refused -> turnDown(ArmChecks.after(refused, plan), Step.ARM, refused),
                this::disarm);
    }

    private void disarm(LatticeOrders.Armed armed) {
        var _ = orders.disarm(armed);
    }

    private void begin(Plan plan, LatticeOrders.Armed armed) {
        String missing = safeguards.missing(plan);
        if (!missing.isEmpty()) {
            notes.refuse(Step.START, missing);
            return;
        }
        become(new PlanStage.Starting(plan, armed));
        var unknown = new PlanStage.Unknown(plan, now, state.operations());
        answers.await(
                orders.start(
                        armed,
                        safeguards.reason(),
                        safeguards.acceptRiskProperty().get(),
                        () -> fx.execute(() -> unanswered(armed, unknown))),
                operation -> started(plan, operation),
                refused -> notStarted(armed, unknown, refused),
                _ -> {});
    }

    /// The answer did not come: said at once, while it is read back.
    private void unanswered(LatticeOrders.Armed armed, PlanStage.Unknown unknown) {
        if (stage.get() instanceof PlanStage.Starting(Plan _, LatticeOrders.Armed of) && of.equals(armed)) {
            secondsLeft.set(0);
            become(unknown);
            notes.refuse(Step.START, PaneText.of("plan.unknown"));
        }
    }

    private void started(Plan plan, Operation operation) {
        become(new PlanStage.Started(plan, operation.id()));
        secondsLeft.set(0);
        notes.outcome(Outcome.of(state.lattice(), operation));
    }

    private void notStarted(LatticeOrders.Armed armed, PlanStage.Unknown unknown, OrderRefused refused) {
        secondsLeft.set(0);
        if (refused.code().equals("UNAVAILABLE") || refused.reason().equals("OUTCOME_UNKNOWN")) {
            become(unknown);
            notes.refuse(Step.START, PaneText.of("plan.unknown"));
            return;
        }
        Operation made = ReadBack.find(state, unknown);
        if (made != null) {
            started(unknown.plan(), made);
            return;
        }
        disarm(armed);
        turnDown(ArmChecks.after(refused, unknown.plan()), Step.START, refused);
    }

    private void turnDown(PlanStage next, Step step, OrderRefused refused) {
        become(next);
        notes.refuse(step, state.lattice(), refused);
    }

    private void giveBack() {
        if (stage.get() instanceof PlanStage.Armed held) {
            disarm(held.armed());
        }
        secondsLeft.set(0);
    }

    private void countDown(Plan plan, LatticeOrders.Armed armed) {
        int left = ArmChecks.secondsUntil(state, now, armed.arm().expires());
        secondsLeft.set(left);
        if (left <= 0) {
            answers.overtake();
            become(new PlanStage.Planned(plan));
            notes.refuse(Step.ARM, PaneText.of("plan.expired"));
        }
    }

    private void readBack(PlanStage.Unknown unknown) {
        Operation made = ReadBack.find(state, unknown);
        boolean heard = ReadBack.coordinatorIsHeard(state);
        if (made != null) {
            started(unknown.plan(), made);
        } else if (heard && Duration.between(unknown.since(), now).compareTo(READ_BACK_FOR) >= 0) {
            become(new PlanStage.Editing(unknown.plan()));
            notes.refuse(Step.START, PaneText.of("plan.neverStarted"));
        } else {
            notes.refuse(Step.START, PaneText.of(heard ? "plan.unknown" : "plan.unknownAway"));
        }
    }

    private void follow(OperationId id) {
        Operation op = state.operations().get(id);
        if (op != null) {
            Outcome outcome = Outcome.of(state.lattice(), op);
            boolean current = op.state().isFinal() || ReadBack.coordinatorIsHeard(state);
            notes.outcome(current ? outcome : outcome.lastHeard());
        }
    }
}
