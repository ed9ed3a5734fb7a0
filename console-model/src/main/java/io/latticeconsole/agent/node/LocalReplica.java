package io.latticeconsole.agent.node;

import io.latticeconsole.agent.engine.ModelVersion;
import io.latticeconsole.gateway.NodeReport;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.telemetry.RecentLatencies;
import java.util.LinkedHashSet;
import java.util.Set;

/// One replica of this machine and its accounts. Guarded by the [Replicas] that has it.
final class LocalReplica {
    private static final double NEWEST = 0.2;
    private static final float TTFT_KEPT = 0.975f;

    final String code;
    final ModelId model;
    final String version;
    final ModelVersion served;
    volatile ReplicaState state = ReplicaState.LOADING;
    String message = "";

    /// Taken one by one right after the load: what a request takes on an idle machine, ms.
    volatile double nominalMs = Double.NaN;

    final Set<RunningRequest> running = new LinkedHashSet<>();
    private final float[] latency = new float[RecentLatencies.BUCKETS];
    private double meanMs = Double.NaN;
    private double rate;
    private long ended;
    private long failed;
    private long reported;

    LocalReplica(String code, ModelId model, String version, ModelVersion served) {
        this.code = code;
        this.model = model;
        this.version = version;
        this.served = served;
    }

    void ended(boolean ok, double ms) {
        ended++;
        failed += ok ? 0 : 1;
        if (ok) {
            RecentLatencies.add(latency, ms);
            meanMs = Double.isNaN(meanMs) ? ms : meanMs + NEWEST * (ms - meanMs);
        }
    }

    double requestsPerSecond() {
        return rate;
    }

    /// Its part of a report; `seconds` have passed since the one before.
    NodeReport.Replica report(double seconds) {
        rate += 0.25 * ((ended - reported) / seconds - rate);
        reported = ended;
        double slowness = Double.isNaN(meanMs) || Double.isNaN(nominalMs) ? 1 : Math.max(1, meanMs / nominalMs);
        double queueMs = Double.isNaN(nominalMs) ? 0 : Math.max(0, running.size() - 1) * nominalMs;
        NodeReport.Replica report = new NodeReport.Replica(
                code,
                model,
                version,
                state,
                message,
                queueMs,
                0,
                running.size(),
                Double.NaN,
                slowness,
                rate,
                ended,
                failed,
                RecentLatencies.quantile(latency, 0.95));
        RecentLatencies.decay(latency, TTFT_KEPT);
        return report;
    }
}
