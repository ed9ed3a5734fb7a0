package io.latticeconsole.operation;

import io.latticeconsole.lattice.Severity;

/// The state machine of operations: one input, one step, no side effects and no clock.
public final class Engine {
    /// Steps that may follow each other within one input; more than the phases of any operation.
    private static final int FLOW = 12;

    private Engine() {}

    /// What the operation does about an input. A final operation does nothing more.
    public static Step step(Run run, Input input, Surroundings around) {
        var t = new Turn(run, around);
        if (run.isFinal()) {
            if (input instanceof Input.Answered(Due due, GatewayAnswer answer)) {
                t.settle(due, answer);
            }
            return t.step();
        }
        switch (input) {
            case Input.Started _ -> started(t);
            case Input.Ticked _ -> ticked(t);
            case Input.Answered(Due due, GatewayAnswer answer) -> answered(t, due, answer);
            case Input.NodeLost lost -> {
                lost(t, lost);
                ticked(t);
            }
            case Input.HoldOrdered(String by, String why) -> t.hold(by, why);
            case Input.ResumeOrdered(String by) -> resumed(t, by);
            case Input.CancelOrdered(String by, String reason) -> cancelled(t, by, reason);
        }
        return t.step();
    }

    private static void started(Turn t) {
        t.say("OPERATION_STARTED", Severity.INFO, "started");
        switch (t.task) {
            case DrainTask d -> DrainSteps.begin(t, d);
            case RestoreTask r -> RestoreSteps.begin(t, r);
            case RerouteTask r -> RerouteSteps.begin(t, r);
            case RedeployTask r -> RedeploySteps.begin(t, r);
        }
        ticked(t);
    }

    private static void ticked(Turn t) {
        for (int i = 0; i < FLOW && t.running(); i++) {
            Enum<?> step = t.task.step();
            advance(t);
            if (t.task.step() == step) {
                break;
            }
        }
        if (t.running() && t.outOfPatience()) {
            String phase = t.task.step().name();
            String why = t.waitsFor();
            t.hold("", phase + " does not end" + (why.isEmpty() ? "" : ": " + why));
        }
        observe(t);
    }

    private static void advance(Turn t) {
        switch (t.task) {
            case DrainTask d -> DrainSteps.advance(t, d);
            case RestoreTask r -> RestoreSteps.advance(t, r);
            case RerouteTask r -> RerouteSteps.advance(t, r);
            case RedeployTask r -> RedeploySteps.advance(t, r);
        }
    }

    /// Brings the published counts up to date, also while held.
    private static void observe(Turn t) {
        switch (t.task) {
            case DrainTask d -> DrainSteps.observe(t, d);
            case RestoreTask r -> RestoreSteps.observe(t, r);
            case RerouteTask r -> RerouteSteps.observe(t, r);
            case RedeployTask r -> RedeploySteps.observe(t, r);
        }
    }

    private static void answered(Turn t, Due due, GatewayAnswer answer) {
        boolean awaited = due.equals(t.before.awaiting().get(due.slot()));
        t.settle(due, answer);
        if (awaited || !due.binds()) {
            switch (t.task) {
                case DrainTask d -> DrainSteps.answered(t, d, due, answer);
                case RestoreTask r -> RestoreSteps.answered(t, r, due, answer);
                case RerouteTask r -> RerouteSteps.answered(t, r, due, answer);
                case RedeployTask r -> RedeploySteps.answered(t, r, due, answer);
            }
        }
        ticked(t);
    }

    private static void lost(Turn t, Input.NodeLost lost) {
        switch (t.task) {
            case DrainTask d -> DrainSteps.lost(t, d, lost.node());
            case RestoreTask r -> RestoreSteps.lost(t, r, lost.node());
            case RerouteTask _ -> {}
            case RedeployTask r -> RedeployLosses.lost(t, r, lost.node());
        }
    }

    private static void resumed(Turn t, String by) {
        if (t.held()) {
            var held = t.resume(by);
            switch (t.task) {
                case DrainTask d -> DrainSteps.resumed(t, d, held);
                case RestoreTask r -> RestoreSteps.resumed(t, r, held);
                case RerouteTask r -> RerouteSteps.resumed(t, r);
                case RedeployTask r -> RedeploySteps.resumed(t, r, held);
            }
            ticked(t);
        }
    }

    private static void cancelled(Turn t, String by, String reason) {
        if (t.undoing()) {
            resumed(t, by);
            return;
        }
        String text = "cancelled by " + by + (reason.isEmpty() ? "" : ": " + reason);
        var outcome = new Run.Outcome(OperationState.CANCELLED, "", text);
        switch (t.task) {
            case DrainTask d -> DrainSteps.undo(t, d, outcome);
            case RestoreTask r -> RestoreUndo.begin(t, r, outcome);
            case RerouteTask r -> RerouteSteps.undo(t, r, outcome);
            case RedeployTask r ->
                RedeploySteps.undo(t, r, new Run.Outcome(OperationState.ROLLED_BACK, "CANCELLED", text));
        }
        ticked(t);
    }

    /// A refused order waits for a person, who resumes or cancels.
    static void refused(Turn t, Due due, GatewayAnswer answer) {
        t.hold("", due.to() + " refused: " + answer.message());
    }
}
