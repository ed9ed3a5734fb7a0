package io.latticeconsole.operation;

import io.latticeconsole.lattice.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How a redeploy goes: surge, canary, bake, gate, waves; back at once when the gate fails.
final class RedeploySteps {
    private RedeploySteps() {}

    static void begin(Turn t, RedeployTask r) {
        t.enter(RedeployTask.Step.SURGE, r.canaries() + " canaries of " + r.version(), r.loading());
    }

    static void advance(Turn t, RedeployTask r) {
        switch (r.step()) {
            case SURGE -> {
                forward(t, r.canaries());
                if (canaries(t).stream().allMatch(s -> s.state().compareTo(Swap.State.ADMITTING) >= 0)) {
                    enter(t, RedeployTask.Step.CANARY, "canaries take the place of the old", r.loading());
                }
            }
            case CANARY -> {
                forward(t, r.canaries());
                if (canaries(t).stream().allMatch(s -> s.state() == Swap.State.SERVING || s.ended())) {
                    Duration bake = r.gate().bake();
                    enter(t, RedeployTask.Step.BAKE, "for " + bake.toSeconds() + " s", bake.plus(Turn.PATIENCE));
                    t.task = task(t).judging(r.canary().baking(t.now, CanaryGate.readings(t, canaries(t))));
                }
            }
            case BAKE -> bake(t, r);
            case GATE -> gate(t, r);
            case WAVE -> wave(t, r);
            case ROLLBACK -> rollback(t, r);
        }
    }

    private static RedeployTask task(Turn t) {
        return (RedeployTask) t.task;
    }

    private static void enter(Turn t, RedeployTask.Step step, String detail, Duration patience) {
        if (t.running() && !t.undoing()) {
            t.task = task(t).at(step);
            t.enter(step, detail, patience);
        }
    }

    private static List<Swap> canaries(Turn t) {
        RedeployTask r = task(t);
        return r.swaps().subList(0, r.canaries());
    }

    /// Steps the first n swaps, except those that wait for their turn in a wave.
    private static void forward(Turn t, int n) {
        for (int i = 0; i < n && t.running() && !t.undoing(); i++) {
            one(t, i);
        }
    }

    private static void bake(Turn t, RedeployTask r) {
        String worse = CanaryGate.baking(t, r, canaries(t));
        if (worse != null) {
            fail(t, worse);
            return;
        }
        Instant start = r.canary().bakeStart();
        if (start != null && !t.now.isBefore(start.plus(r.gate().bake()))) {
            Duration patience = RedeployTask.Gate.LONGEST.plus(Turn.PATIENCE.multipliedBy(2));
            enter(t, RedeployTask.Step.GATE, "a real inference, errors, TTFT", patience);
            t.task = task(t).judging(r.canary().judged(t.now));
            probe(t);
        }
    }

    private static void probe(Turn t) {
        canaries(t).stream()
                .filter(s -> s.state() == Swap.State.SERVING)
                .forEach(s -> t.toOwner(s.fresh().node(), new GatewayOrder.ProbeReplica(t.before.id(), s.fresh())));
    }

    /// Waits for requests and readings; in the end probes make up for requests that did not come.
    private static void gate(Turn t, RedeployTask r) {
        if (canaries(t).stream().noneMatch(s -> s.state() == Swap.State.SERVING)) {
            fail(t, "no canary is left to judge by");
            return;
        }
        Instant start = r.canary().gateStart();
        boolean late = start != null && !t.now.isBefore(start.plus(RedeployTask.Gate.LONGEST));
        CanaryGate.Verdict verdict = CanaryGate.judge(t, r, canaries(t), late);
        if (verdict.kind() == CanaryGate.Verdict.Kind.FAIL) {
            fail(t, verdict.why());
        } else if (t.awaits(GatewayOrder.ProbeReplica.class)) {
            return;
        } else if (verdict.kind() == CanaryGate.Verdict.Kind.PASS) {
            t.task = task(t).passed();
            enter(t, RedeployTask.Step.WAVE, "passed: " + verdict.why(), r.loading());
        } else if (late && verdict.shortOfRequests()) {
            probe(t);
        } else if (late) {
            fail(t, "after " + RedeployTask.Gate.LONGEST.toSeconds() + " s: " + verdict.why());
        }
    }

    private static void wave(Turn t, RedeployTask r) {
        String worse = CanaryGate.wave(t, r);
        if (worse != null) {
            fail(t, worse);
            return;
        }
        for (int i = 0; i < r.swaps().size() && t.running() && !t.undoing(); i++) {
            long active = task(t).swaps().stream().filter(Swap::active).count();
            Swap s = task(t).swaps().get(i);
            if (s.state() == Swap.State.WAITING && active >= r.maxSurge()) {
                break;
            }
            one(t, i);
        }
        long done = task(t).swaps().stream().filter(Swap::ended).count();
        t.detail(
                done + " of " + r.swaps().size() + " replaced",
                (double) done / r.swaps().size());
        if (t.running() && !t.undoing() && done == r.swaps().size() && t.confirmed()) {
            long lost =
                    r.swaps().stream().filter(s -> s.state() == Swap.State.LOST).count();
            String text = (done - lost) + " replicas of " + r.model() + " have version " + r.version()
                    + (lost > 0 ? "; nodes died: " + RedeployLosses.left(t, r) : "");
            t.finish(OperationState.SUCCEEDED, "", text);
        }
    }

    private static void one(Turn t, int i) {
        Swap s = task(t).swaps().get(i);
        if (s.state() == Swap.State.PLACING && Replicas.failed(t.around.lattice(), s.fresh())) {
            fail(t, s.fresh() + " could not load " + task(t).version());
            return;
        }
        Swap next = SwapSteps.forward(t, task(t), s);
        if (!next.equals(s)) {
            t.task = task(t).with(i, next);
            t.touch();
        }
    }

    private static void fail(Turn t, String why) {
        t.say("OPERATION_PHASE", Severity.MEDIUM, "the gate fails: " + why);
        undo(t, task(t), new Run.Outcome(OperationState.ROLLED_BACK, "GATE_FAILED", why));
    }

    static void undo(Turn t, RedeployTask r, Run.Outcome outcome) {
        t.undo(RedeployTask.Step.ROLLBACK, outcome);
        t.task = r.goingBack();
        t.patience(r.loading().plus(Turn.PATIENCE.multipliedBy(4)));
    }

    /// All at once where the old replica still runs; those without room for both one after the other.
    private static void rollback(Turn t, RedeployTask r) {
        boolean inPlaceBusy = false;
        for (int i = 0; i < r.swaps().size(); i++) {
            Swap s = task(t).swaps().get(i);
            boolean gone = r.goneBefore().get(i);
            boolean waits = s.inPlace() && gone && inPlaceBusy;
            Swap next = waits ? s : SwapSteps.back(t, task(t), s, gone);
            if (!next.equals(s)) {
                t.task = task(t).with(i, next);
                t.touch();
            }
            inPlaceBusy |= s.inPlace() && gone && !next.ended();
        }
        long done = task(t).swaps().stream().filter(Swap::ended).count();
        t.detail(
                done + " of " + r.swaps().size() + " as before",
                (double) done / r.swaps().size());
        if (done == r.swaps().size() && t.confirmed() && RedeployLosses.settled(t, r)) {
            t.undone(RedeployLosses.notAsBefore(t, task(t)));
        }
    }

    static void answered(Turn t, RedeployTask r, Due due, GatewayAnswer a) {
        switch (due.order()) {
            case GatewayOrder.ProbeReplica o -> probed(t, r, due, o, a);
            case GatewayOrder.PlaceReplica o when !a.accepted() -> notPlaced(t, r, due, o, a);
            case GatewayOrder.SetAdminState _,
                    GatewayOrder.PlaceReplica _,
                    GatewayOrder.RetireReplica _,
                    GatewayOrder.SetAdmission _,
                    GatewayOrder.SetRoute _,
                    GatewayOrder.AskInFlight _,
                    GatewayOrder.MoveStreams _,
                    GatewayOrder.AbortRequests _ -> {
                if (!a.accepted()) {
                    Engine.refused(t, due, a);
                }
            }
        }
    }

    private static void probed(Turn t, RedeployTask r, Due due, GatewayOrder.ProbeReplica o, GatewayAnswer a) {
        t.drop(due);
        if (t.undoing() || Replicas.down(t.around.lattice(), o.replica().node())) {
            return;
        }
        if (!a.accepted() || !a.probeOk()) {
            String why = a.message().isEmpty() ? "" : ": " + a.message();
            fail(t, "a real inference on " + o.replica() + " failed" + why);
            return;
        }
        if (r.step() == RedeployTask.Step.GATE) {
            t.task = r.judging(r.canary().probed(o.replica(), a.probeTtft().value()));
            t.touch();
        }
        for (int i = 0; i < r.swaps().size(); i++) {
            Swap s = r.swaps().get(i);
            if (s.fresh().equals(o.replica()) && s.state() == Swap.State.PROBING) {
                t.task = task(t).with(i, SwapSteps.admit(t, s));
            }
        }
    }

    /// A dead node takes nothing; otherwise the owner knows better: the old one has to go first.
    private static void notPlaced(Turn t, RedeployTask r, Due due, GatewayOrder.PlaceReplica o, GatewayAnswer a) {
        if (RedeployLosses.takes(t, r, o.replica())) {
            t.drop(due);
            return;
        }
        for (int i = 0; i < r.swaps().size() && !t.undoing(); i++) {
            Swap s = r.swaps().get(i);
            if (s.fresh().equals(o.replica()) && !s.inPlace()) {
                t.drop(due);
                t.task = r.with(i, s.replacingInPlace());
                return;
            }
        }
        Engine.refused(t, due, a);
    }

    static void resumed(Turn t, RedeployTask r, Duration held) {
        t.task = r.judging(r.canary().later(held));
    }

    static void observe(Turn t, RedeployTask r) {
        int done = (int) r.swaps().stream()
                .filter(s -> r.step() == RedeployTask.Step.ROLLBACK ? s.ended() : s.serves())
                .count();
        Instant start = r.canary().bakeStart();
        double left = r.step() == RedeployTask.Step.BAKE && start != null
                ? Math.max(
                        0, Duration.between(t.now, start.plus(r.gate().bake())).toMillis() / 1000.0)
                : Double.NaN;
        int routers = t.around.gateways().size();
        t.progress = new OperationProgress(
                0, 0, 0, left, routers, routers, done, r.swaps().size(), 0, 0, 0);
    }
}
