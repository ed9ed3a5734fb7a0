package io.latticeconsole.routing;

import io.latticeconsole.lattice.ObjectiveMetric;

/// What a row costs a request, and why; pure.
///
/// ```
/// ttft = rtt + queue + prefill(uncached) × slowness        tpot = itl(batch + 1) × slowness
/// cost = α·ttft/objective + β·tpot/objective + γ·energy + ε·risk − ζ·affinity
/// ```
///
/// Sources: the latency terms are the service model of Splitwise (ISCA 2024) and Helix (ASPLOS 2025); objective
/// head-room first is that of the Gateway API inference extension's endpoint picker (2025).
public final class RouteCost {
    private static final double TTFT_WEIGHT = 1.0;
    private static final double TPOT_WEIGHT = 0.5;
    private static final double ENERGY_WEIGHT = 0.04;
    private static final double RISK_WEIGHT = 1.0;

    /// Taken slots leave less room for what comes in a moment: spreads load before it hurts.
    private static final double LOAD_WEIGHT = 0.8;
    private static final double AFFINITY_WEIGHT = 0.03;

    /// A candidate that breaks the objective ranks behind every one that keeps it.
    static final double BREAKS_OBJECTIVE = 1_000;

    /// One that would not finish within the deadline ranks behind those.
    private static final double TOO_LATE = 10_000;

    /// Steps take longer while others prefill.
    private static final double DECODE_RESERVE = 1.3;

    private static final double USUAL_TPOT_MS = 100;

    private RouteCost() {}

    /// A row's cost, comparable within one choice.
    static double of(RouteRequest q, RouterView v, int row, long now) {
        double wait = v.waitMs(row, now);
        double ttft = v.siteRtt[v.site[row]] + wait * v.slowness[row] + prefillMs(q, v, row);
        double tpot = tpotMs(v, row);
        ObjectiveMetric metric = v.objective[q.model];
        double limit = v.objectiveMs[q.model];
        double ttftLimit = metric == ObjectiveMetric.TPOT ? 1_000 : limit;
        double tpotLimit = metric == ObjectiveMetric.TPOT ? limit : USUAL_TPOT_MS;
        double load = v.inFlight(row) / Math.max(1, v.maxBatch[row]);
        double slots = load > 1 ? load - 1 : 0;
        double cost = TTFT_WEIGHT * ttft / ttftLimit
                + TPOT_WEIGHT * tpot / tpotLimit
                + slots
                + LOAD_WEIGHT * Math.min(1, load)
                + ENERGY_WEIGHT * v.energy[row]
                + RISK_WEIGHT * (v.throttled[row] ? Math.max(0.5, v.risk[row]) : v.risk[row])
                - (row == q.warmRow ? AFFINITY_WEIGHT : 0);
        cost += ttft + q.mostTokens * tpot * DECODE_RESERVE > q.millisLeft ? TOO_LATE : 0;
        return headroom(metric, limit, ttft, tpot, q.expectedTokens) > 0 && slots <= 0 ? cost : BREAKS_OBJECTIVE + cost;
    }

    private static double prefillMs(RouteRequest q, RouterView v, int row) {
        double uncached = q.contextTokens - (row == q.warmRow ? q.cachedTokens : 0);
        return (v.prefillBase[row] + v.prefillPerToken[row] * uncached) * v.slowness[row];
    }

    private static double tpotMs(RouterView v, int row) {
        double batch = Math.min(v.maxBatch[row], v.inFlight(row) + 1);
        return (v.itlBase[row] + v.itlPerSequence[row] * batch) * v.slowness[row];
    }

    private static double headroom(ObjectiveMetric metric, double limit, double ttft, double tpot, double tokens) {
        return switch (metric) {
            case TTFT -> 1 - ttft / limit;
            case TPOT -> 1 - tpot / limit;
            case E2E -> 1 - (ttft + tokens * tpot) / limit;
        };
    }

    /// Why a row ranks as it does, term by term.
    public static RouteReason explain(RouteRequest q, RouterView v, int row, long now) {
        double wait = v.waitMs(row, now) * v.slowness[row];
        double prefill = prefillMs(q, v, row);
        double rtt = v.siteRtt[v.site[row]];
        double tpot = tpotMs(v, row);
        double ttft = rtt + wait + prefill;
        double room = headroom(v.objective[q.model], v.objectiveMs[q.model], ttft, tpot, q.expectedTokens);
        return new RouteReason(
                row,
                ttft,
                tpot,
                rtt,
                wait,
                prefill,
                v.slowness[row],
                room,
                v.energy[row],
                v.risk[row],
                row == q.warmRow,
                of(q, v, row, now));
    }
}
