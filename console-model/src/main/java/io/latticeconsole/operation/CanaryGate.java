package io.latticeconsole.operation;

import io.latticeconsole.lattice.ReplicaId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Judges a fresh version by what its own replicas counted, whatever else runs on their nodes. Too many failures stop
/// it at any time, once they are more than chance; it passes only with enough requests and a reading of every canary.
final class CanaryGate {
    /// In the waves, failures are judged over so long at most, so that a good start hides nothing.
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private static final int FEWEST = 50;
    private static final int MOST = 500;

    /// So many standard deviations above the limit are more than chance: one time in two hundred.
    private static final double SURE = 2.6;

    private static final int LEAST_FAILURES = 3;

    private CanaryGate() {}

    /// What fresh replicas have counted since the mark. `unread` are those without a reading.
    record Measured(long requests, long failed, int probed, double limit, List<ReplicaId> unread) {
        /// `canary 3.1 % errors of 160 requests, limit 1.0 %`.
        String text(String who) {
            String inferences = probed == 0 ? "" : " and " + probed + " probes";
            return requests + probed == 0
                    ? who + " has had no request yet"
                    : who + " " + percent(ratio()) + " errors of " + requests + " requests" + inferences + ", limit "
                            + percent(limit);
        }

        double ratio() {
            return requests + probed == 0 ? 0 : (double) failed / (requests + probed);
        }

        boolean clearlyOver() {
            double chance = Math.sqrt(requests * limit * (1 - limit));
            return failed >= LEAST_FAILURES && chance > 0 && (failed - 0.5 - requests * limit) / chance > SURE;
        }
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
    }

    /// As many requests as let two failures stay within the limit.
    static int least(double limit) {
        return (int) Math.clamp(Math.ceil(2 / limit), FEWEST, MOST);
    }

    /// What the fresh replicas among these that serve have counted up to now.
    static Map<ReplicaId, ReplicaReading> readings(Turn t, Collection<Swap> swaps) {
        Map<ReplicaId, ReplicaReading> readings = new HashMap<>();
        for (Swap s : swaps) {
            ReplicaReading reading = s.serves() ? t.around.reading(s.fresh()) : null;
            if (reading != null) {
                readings.put(s.fresh(), reading);
            }
        }
        return readings;
    }

    private static Measured measure(Turn t, RedeployTask r, Collection<Swap> swaps, int probed) {
        Map<ReplicaId, ReplicaReading> readings = readings(t, swaps);
        long requests = 0;
        long failed = 0;
        for (var entry : readings.entrySet()) {
            ReplicaReading since =
                    entry.getValue().since(r.canary().mark().getOrDefault(entry.getKey(), ReplicaReading.NONE));
            requests += since.requests();
            failed += since.failed();
        }
        List<ReplicaId> unread = swaps.stream()
                .filter(s -> s.serves() && !readings.containsKey(s.fresh()))
                .map(Swap::fresh)
                .toList();
        return new Measured(requests, failed, probed, r.gate().maxErrorRatio(), unread);
    }

    /// Tells what the canaries have done so far; why that is too bad to go on, or null.
    static @Nullable String baking(Turn t, RedeployTask r, List<Swap> canaries) {
        Measured m = measure(t, r, canaries, 0);
        Duration bake = r.gate().bake();
        Instant start = r.canary().bakeStart();
        double share = start == null || bake.isZero()
                ? 1
                : (double) Duration.between(start, t.now).toMillis() / bake.toMillis();
        t.detail("for " + bake.toSeconds() + " s: " + m.text("canary"), share);
        return m.clearlyOver() ? m.text("canary") : null;
    }

    /// Why the replicas replaced so far are too bad to go on, or null. The window moves on with time.
    static @Nullable String wave(Turn t, RedeployTask r) {
        Measured m = measure(t, r, r.swaps(), 0);
        if (!t.now.isBefore(r.canary().markedAt().plus(WINDOW))) {
            t.task = r.judging(r.canary().marked(t.now, readings(t, r.swaps())));
        }
        return m.clearlyOver() ? m.text("version " + r.version()) : null;
    }

    /// Whether the canaries pass now, are still to be waited for, or fail. When it is `late`, inferences of probes make
    /// up for requests that did not come.
    static Verdict judge(Turn t, RedeployTask r, List<Swap> canaries, boolean late) {
        Measured m = measure(t, r, canaries, late ? r.canary().probed() : 0);
        int least = least(m.limit());
        long enough = m.requests() + m.probed();
        List<String> missing = missing(t, r, canaries, m);
        String measured = m.text("canary") + ttft(t, r, canaries);
        String waits = missing.isEmpty() ? "" : "; " + String.join("; ", missing);
        t.detail(measured + waits, Math.min(1, (double) enough / least));
        if (m.clearlyOver() || (enough >= least && m.ratio() > m.limit())) {
            return new Verdict(Verdict.Kind.FAIL, m.text("canary"), false);
        }
        Verdict.Kind kind = missing.isEmpty() ? Verdict.Kind.PASS : Verdict.Kind.WAIT;
        return new Verdict(kind, measured + waits, enough < least && m.unread().isEmpty());
    }

    /// What stands between the canaries and the waves.
    private static List<String> missing(Turn t, RedeployTask r, List<Swap> canaries, Measured m) {
        List<String> missing = new ArrayList<>();
        if (!m.unread().isEmpty()) {
            missing.add("no reading of " + names(m.unread()));
        }
        if (m.requests() + m.probed() < least(m.limit())) {
            missing.add("at least " + least(m.limit()) + " are needed");
        }
        String slow = slow(t, r, canaries);
        if (!slow.isEmpty()) {
            missing.add(slow);
        }
        return missing;
    }

    /// `why` is a sentence; `short of requests` where probes can make up what is missing.
    record Verdict(Kind kind, String why, boolean shortOfRequests) {
        enum Kind {
            PASS,
            WAIT,
            FAIL
        }
    }

    /// Which canary answers too slowly or has not been measured, or empty.
    private static String slow(Turn t, RedeployTask r, List<Swap> canaries) {
        for (Swap s : canaries) {
            double limit = limit(r, s);
            double now = s.serves() ? ttft(t, r, s) : Double.NaN;
            if (s.serves() && !Double.isNaN(limit) && !(now <= limit)) {
                return Double.isNaN(now)
                        ? "no TTFT of " + s.fresh()
                        : String.format(Locale.ROOT, "TTFT p95 of %s is %.0f ms, limit %.0f ms", s.fresh(), now, limit);
            }
        }
        return "";
    }

    /// What was measured of TTFT, after a semicolon; empty where the old replicas had no reading to compare with.
    private static String ttft(Turn t, RedeployTask r, List<Swap> canaries) {
        Swap worst = null;
        double share = -1;
        for (Swap s : canaries) {
            double now = s.serves() ? ttft(t, r, s) / limit(r, s) : Double.NaN;
            if (now > share) {
                share = now;
                worst = s;
            }
        }
        return worst == null
                ? ""
                : String.format(Locale.ROOT, "; TTFT p95 %.0f ms, limit %.0f ms", ttft(t, r, worst), limit(r, worst));
    }

    private static double limit(RedeployTask r, Swap s) {
        return r.canary().baseline().getOrDefault(s.old(), Double.NaN)
                * r.gate().maxTtftFactor();
    }

    /// As measured on requests, or else on the last probe.
    private static double ttft(Turn t, RedeployTask r, Swap s) {
        ReplicaReading reading = t.around.reading(s.fresh());
        double probe = r.canary().probeTtft().getOrDefault(s.fresh(), Double.NaN);
        return reading == null || Double.isNaN(reading.ttftP95Millis()) ? probe : reading.ttftP95Millis();
    }

    private static String names(List<ReplicaId> replicas) {
        return replicas.stream().map(ReplicaId::name).collect(Collectors.joining(", "));
    }
}
