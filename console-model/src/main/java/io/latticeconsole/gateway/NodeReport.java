package io.latticeconsole.gateway;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.ReplicaState;
import org.jspecify.annotations.Nullable;

/// What a machine tells its gateway every 500 ms. Latencies are as the machine sees them (no network); NaN
/// where it had no requests lately. `boot` changes with every restart.
@SuppressWarnings("ArrayRecordComponent") // written once, then only read
public record NodeReport(
        int node,
        long sentAt,
        long boot,
        double utilization,
        double temperature,
        double power,
        double ttftP95,
        double e2eP95,
        double latencyP95,
        double requestsPerSecond,
        double tokensPerSecond,
        double errorRatio,
        boolean throttled,
        boolean powerCapped,
        Replica[] replicas,
        Gpu[] gpus) {
    /// The same figures at a later time: what a stuck exporter sends.
    public NodeReport sentAgain(long now) {
        return new NodeReport(
                node,
                now,
                boot,
                utilization,
                temperature,
                power,
                ttftP95,
                e2eP95,
                latencyP95,
                requestsPerSecond,
                tokensPerSecond,
                errorRatio,
                throttled,
                powerCapped,
                replicas,
                gpus);
    }

    /// One replica's part; `queueMs` is prefill work waiting, `slowness` measured over nominal service time.
    /// `ended` and, of these, `failed` requests are counted since it was loaded; `ttftP95` in ms is its own.
    /// `model` is null where the machine does not say.
    public record Replica(
            String code,
            @Nullable ModelId model,
            String version,
            ReplicaState state,
            String message,
            double queueMs,
            int queued,
            int batch,
            double kvUsage,
            double slowness,
            double requestsPerSecond,
            long ended,
            long failed,
            double ttftP95) {}

    /// One accelerator's part.
    public record Gpu(boolean healthy, int lastXid) {}
}
