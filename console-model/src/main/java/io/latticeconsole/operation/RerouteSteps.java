package io.latticeconsole.operation;

import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.SiteWeight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How a reroute goes: ramp, hold; back when it expires, is cancelled or breaks the objective.
final class RerouteSteps {
    private static final Duration STEP = Duration.ofMillis(500);

    /// How long an objective has to be broken: shorter is a burst, not the route.
    private static final Duration BROKEN = Duration.ofSeconds(5);

    /// How long a route without expiry is watched after its ramp.
    private static final Duration WATCHED = Duration.ofSeconds(30);

    private RerouteSteps() {}

    static void begin(Turn t, RerouteTask r) {
        t.enter(RerouteTask.Step.RAMP, "", Turn.PATIENCE);
        if (r.mode() == RouteMode.AUTO || distance(r) < 1e-6) {
            t.task = r.moved(t.now, 1);
            set(t, r, 1);
        } else if (r.watchesObjective() && t.around.objectiveBroken(r.former().id(), gaining(r))) {
            t.task = r.unwatched();
            t.say("OPERATION_PHASE", Severity.LOW, "the objective is broken already: no automatic revert");
        }
    }

    static void advance(Turn t, RerouteTask r) {
        switch (r.step()) {
            case RAMP -> {
                if (!ends(t, r)) {
                    ramp(t, (RerouteTask) t.task);
                }
            }
            case HOLD -> {
                boolean proved = r.expireAfter() == null
                        && (r.mode() == RouteMode.AUTO
                                || !t.now.isBefore(r.lastStep().plus(WATCHED)));
                if (!ends(t, r) && proved) {
                    t.finish(OperationState.SUCCEEDED, "", r.former().id() + " is " + wording(r));
                }
                t.touch();
            }
            case ROLLBACK -> {
                if (t.confirmed()) {
                    t.undone("");
                }
            }
        }
    }

    private static String wording(RerouteTask r) {
        return r.mode() == RouteMode.AUTO ? "AUTO: the router picks" : "WEIGHTED as ordered";
    }

    private static void ramp(Turn t, RerouteTask r) {
        if (!t.confirmed()) {
            return;
        }
        if (r.share() >= 1) {
            t.task = r.at(RerouteTask.Step.HOLD);
            Duration expiry = r.expireAfter();
            String until = expiry == null
                    ? "watched for a while"
                    : "until it expires at " + r.start().plus(expiry);
            t.enter(RerouteTask.Step.HOLD, until, Turn.PATIENCE);
            return;
        }
        Duration passed = Duration.between(r.lastStep(), t.now);
        if (passed.compareTo(STEP) >= 0) {
            double share = Math.min(1, r.share() + r.rampPerSecond() * passed.toMillis() / 1000.0 / distance(r));
            t.task = r.moved(t.now, share);
            set(t, r, share);
        }
    }

    /// Whether it expires or has broken its objective for too long; then it is on its way back.
    private static boolean ends(Turn t, RerouteTask r) {
        Duration expiry = r.expireAfter();
        if (expiry != null && !t.now.isBefore(r.start().plus(expiry))) {
            undo(t, r, new Run.Outcome(OperationState.EXPIRED, "", "expired; the former mode is restored"));
            return true;
        }
        if (!r.watchesObjective() || r.mode() == RouteMode.AUTO) {
            return false;
        }
        if (!t.around.objectiveBroken(r.former().id(), gaining(r))) {
            t.task = r.broken(null);
            return false;
        }
        Instant since = r.brokenSince() == null ? t.now : r.brokenSince();
        t.task = r.broken(since);
        if (Duration.between(since, t.now).compareTo(BROKEN) < 0) {
            return false;
        }
        String text = "the objective of " + r.former().id().model() + " has been broken for " + BROKEN.toSeconds()
                + " s; the former mode is restored";
        undo(t, r, new Run.Outcome(OperationState.ROLLED_BACK, "OBJECTIVE_BROKEN", text));
        return true;
    }

    static void undo(Turn t, RerouteTask r, Run.Outcome outcome) {
        t.undo(RerouteTask.Step.ROLLBACK, outcome);
        t.task = r.at(RerouteTask.Step.ROLLBACK).moved(t.now, 0);
        send(t, r.former());
    }

    private static void set(Turn t, RerouteTask r, double share) {
        List<SiteWeight> weights = r.mode() == RouteMode.AUTO ? List.of() : between(r, share);
        send(t, new Route(r.former().id(), r.mode(), weights, r.former().etag()));
    }

    private static void send(Turn t, Route route) {
        var region = t.around.lattice().regions().get(route.id().region());
        if (region == null) {
            t.hold("", "no gateway is known for " + route.id().region());
        } else {
            t.send(new Due(region.gateway(), new GatewayOrder.SetRoute(t.before.id(), route)));
        }
    }

    /// Share to be moved in all: half the sum of differences.
    private static double distance(RerouteTask r) {
        return deltas(r).values().stream().mapToDouble(Math::abs).sum() / 2;
    }

    private static Map<SiteId, Double> deltas(RerouteTask r) {
        Map<SiteId, Double> deltas = new TreeMap<>();
        r.from().forEach(w -> deltas.merge(w.site(), -w.weight(), Double::sum));
        r.to().forEach(w -> deltas.merge(w.site(), w.weight(), Double::sum));
        return deltas;
    }

    private static List<SiteId> gaining(RerouteTask r) {
        return deltas(r).entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<SiteWeight> between(RerouteTask r, double share) {
        if (share >= 1) {
            return r.to();
        }
        Map<SiteId, Double> weights = new TreeMap<>();
        r.from().forEach(w -> weights.merge(w.site(), w.weight() * (1 - share), Double::sum));
        r.to().forEach(w -> weights.merge(w.site(), w.weight() * share, Double::sum));
        return weights.entrySet().stream()
                .map(e -> new SiteWeight(e.getKey(), e.getValue()))
                .toList();
    }

    static void answered(Turn t, RerouteTask r, Due due, GatewayAnswer a) {
        if (!a.accepted()) {
            Engine.refused(t, due, a);
        }
    }

    static void resumed(Turn t, RerouteTask r) {
        if (r.step() == RerouteTask.Step.RAMP) {
            t.task = r.moved(t.now, r.share());
        }
    }

    static void observe(Turn t, RerouteTask r) {
        OperationProgress none = OperationProgress.NONE;
        Duration expiry = r.expireAfter();
        double left = expiry == null
                ? Double.NaN
                : Math.max(0, Duration.between(t.now, r.start().plus(expiry)).toMillis() / 1000.0);
        int confirmed = t.confirmed() ? 1 : 0;
        t.progress = new OperationProgress(
                none.inFlight(),
                none.queued(),
                none.oldestAgeSeconds(),
                left,
                confirmed,
                1,
                none.replicasWarm(),
                none.replicasTotal(),
                none.migrated(),
                none.aborted(),
                r.share());
        if (r.step() == RerouteTask.Step.RAMP) {
            t.detail(Math.round(100 * r.share()) + " % of the change made", r.share());
        }
    }
}
