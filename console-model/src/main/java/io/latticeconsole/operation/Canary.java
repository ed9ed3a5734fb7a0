package io.latticeconsole.operation;

import io.latticeconsole.lattice.ReplicaId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is remembered to judge a fresh version by. `baseline` is the TTFT p95 in ms of the old replicas when the
/// redeploy began. What fresh replicas have counted is measured from `mark`, set when the bake began and moved on in
/// the waves. `probed` are inferences of probes that passed since then, `probeTtft` the TTFT in ms of each replica's
/// last.
public record Canary(
        Map<ReplicaId, Double> baseline,
        @Nullable Instant bakeStart,
        @Nullable Instant gateStart,
        Map<ReplicaId, ReplicaReading> mark,
        Instant markedAt,
        int probed,
        Map<ReplicaId, Double> probeTtft) {
    public Canary {
        baseline = Map.copyOf(baseline);
        mark = Map.copyOf(mark);
        probeTtft = Map.copyOf(probeTtft);
    }

    static Canary of(Map<ReplicaId, Double> baseline) {
        return new Canary(baseline, null, null, Map.of(), Instant.MIN, 0, Map.of());
    }

    Canary baking(Instant now, Map<ReplicaId, ReplicaReading> readings) {
        return new Canary(baseline, now, null, readings, now, 0, Map.of());
    }

    Canary judged(Instant now) {
        return new Canary(baseline, bakeStart, now, mark, markedAt, probed, probeTtft);
    }

    Canary marked(Instant now, Map<ReplicaId, ReplicaReading> readings) {
        return new Canary(baseline, bakeStart, gateStart, readings, now, probed, probeTtft);
    }

    Canary probed(ReplicaId replica, double ttftMillis) {
        Map<ReplicaId, Double> ttft = new HashMap<>(probeTtft);
        ttft.put(replica, ttftMillis);
        return new Canary(
                baseline, bakeStart, gateStart, mark, markedAt, probed + GatewayOrder.ProbeReplica.INFERENCES, ttft);
    }

    /// A hold does not count as time to bake or to wait in.
    Canary later(Duration held) {
        return new Canary(
                baseline,
                bakeStart == null ? null : bakeStart.plus(held),
                gateStart == null ? null : gateStart.plus(held),
                mark,
                markedAt,
                probed,
                probeTtft);
    }
}
