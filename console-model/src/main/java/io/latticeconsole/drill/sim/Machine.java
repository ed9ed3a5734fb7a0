package io.latticeconsole.drill.sim;

import io.latticeconsole.gateway.NodeReport;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.telemetry.RecentLatencies;
import io.latticeconsole.world.AcceleratorRoom;
import io.latticeconsole.world.AcceleratorType;
import io.latticeconsole.world.Heat;
import io.latticeconsole.world.NodeSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A machine as it really is: whether it lives, its replicas, its power and its heat.
final class Machine {
    static final double THROTTLE_AT = 85;
    private static final double THROTTLE_UNTIL = 80;
    private static final double THROTTLE_SLOWNESS = 1.6;

    final int index;
    final NodeSpec spec;
    final int mainModel;
    AcceleratorRoom room;
    final List<Engine> engines = new ArrayList<>();
    final boolean[] gpuBroken;
    final int[] gpuXid;

    /// Errors that each accelerator has now, in the order they came.
    final List<List<Integer>> xids = new ArrayList<>();

    boolean up = true;
    boolean powered = true;
    boolean silent;
    boolean stale;
    long boot;

    /// Set by faults: grey slowness, extra heat in K, and a site's share of the power it wants.
    double greySlowness = 1;

    double extraHeat;
    double powerShare = 1;
    boolean throttled;
    double temperature;
    double powerWatts;
    double utilization;
    long reportedAt;

    @Nullable
    NodeReport lastReport;

    private final float[] ttft = new float[RecentLatencies.BUCKETS];
    private final float[] e2e = new float[RecentLatencies.BUCKETS];
    private final float[] objective = new float[RecentLatencies.BUCKETS];
    private double tokenRate;
    private double errorShare;

    /// @param celsius how warm it is at first
    Machine(int index, NodeSpec spec, double celsius, int mainModel) {
        this.index = index;
        this.mainModel = mainModel;
        this.spec = spec;
        this.room = new AcceleratorRoom(spec.nodeClass());
        this.gpuBroken = new boolean[spec.nodeClass().count()];
        this.gpuXid = new int[spec.nodeClass().count()];
        for (int i = 0; i < gpuXid.length; i++) {
            xids.add(new ArrayList<>());
        }
        this.temperature = celsius;
        this.powerWatts = spec.nodeClass().idleWatts();
    }

    /// Whether a replica has an accelerator that is out of service.
    boolean isBroken(Engine e) {
        for (int i = e.firstAccelerator; i < e.firstAccelerator + e.accelerators; i++) {
            if (gpuBroken[i]) {
                return true;
            }
        }
        return false;
    }

    double slowness() {
        return greySlowness * (throttled ? THROTTLE_SLOWNESS : 1) / powerShare;
    }

    /// Records what a request saw here; `metric` says which of the figures is the node's latency, if any.
    void observe(double ttftMs, double e2eMs, double tpotMs, @Nullable ObjectiveMetric metric) {
        RecentLatencies.add(ttft, ttftMs);
        RecentLatencies.add(e2e, e2eMs);
        if (metric != null) {
            RecentLatencies.add(
                    objective,
                    switch (metric) {
                        case TTFT -> ttftMs;
                        case TPOT -> tpotMs;
                        case E2E -> e2eMs;
                    });
        }
    }

    /// Moves power, heat and the accounts of all replicas on to now.
    void settle(long now, double inlet) {
        long span = Math.max(1, now - reportedAt);
        reportedAt = now;
        double[] busy = new double[spec.nodeClass().count()];
        double tokens = 0;
        int done = 0;
        int failed = 0;
        for (Engine e : engines) {
            e.settle(now, span);
            tokens += e.tokens * e.weight;
            done += e.finished;
            failed += e.failed;
            e.ended += e.finished + e.failed;
            e.endedInFailure += e.failed;
            e.tokens = 0;
            e.finished = 0;
            e.failed = 0;
            for (int i = e.firstAccelerator; i < e.firstAccelerator + e.accelerators; i++) {
                busy[i] += e.utilization;
            }
        }
        for (Engine e : engines) {
            e.contention = 1 + 0.3 * Math.max(0, Math.min(1, busy[e.firstAccelerator] - e.utilization));
        }
        tokenRate += 0.25 * (tokens * 1e9 / span - tokenRate);
        errorShare += 0.2 * ((done + failed == 0 ? 0 : (double) failed / (done + failed)) - errorShare);
        heat(busy, span / 1e9, inlet);
    }

    /// Without power a machine cools towards the air.
    void cool(long now, double inlet) {
        double seconds = (now - reportedAt) / 1e9;
        reportedAt = now;
        powerWatts = 0;
        temperature = Heat.after(temperature, inlet, seconds / 4);
    }

    private void heat(double[] busy, double seconds, double inlet) {
        AcceleratorType type = spec.nodeClass().type();
        double watts = spec.nodeClass().hostWatts();
        double sum = 0;
        double share = 0;
        for (double b : busy) {
            double u = Math.min(1, b);
            double w = Heat.watts(type, u, powerShare * (throttled ? 0.7 : 1));
            watts += w;
            sum += u;
            share += w / type.tdpWatts();
        }
        utilization = sum / busy.length;
        powerWatts = watts;
        double target = Heat.steadyCelsius(inlet, share / busy.length * spec.thermalFactor()) + extraHeat;
        temperature = Heat.after(temperature, target, seconds);
        throttled = temperature > (throttled ? THROTTLE_UNTIL : THROTTLE_AT);
    }

    /// What the machine tells its gateway.
    NodeReport report(long now) {
        var replicas = new NodeReport.Replica[engines.size()];
        double requests = 0;
        for (int i = 0; i < replicas.length; i++) {
            Engine e = engines.get(i);
            requests += e.arrivalRate;
            replicas[i] = new NodeReport.Replica(
                    e.code,
                    e.model.id(),
                    e.version,
                    e.state,
                    e.message,
                    e.queuedMs,
                    e.queued * e.weight,
                    e.running() * e.weight,
                    Math.min(1, e.batchMean / e.model.maxBatch()),
                    e.slowness(),
                    e.arrivalRate,
                    e.ended * e.weight,
                    e.endedInFailure * e.weight,
                    e.ttftP95());
        }
        var gpus = new NodeReport.Gpu[gpuBroken.length];
        for (int i = 0; i < gpus.length; i++) {
            gpus[i] = new NodeReport.Gpu(!gpuBroken[i], gpuXid[i]);
        }
        NodeReport report = new NodeReport(
                index,
                now,
                boot,
                utilization,
                temperature,
                powerWatts,
                RecentLatencies.quantile(ttft, 0.95),
                RecentLatencies.quantile(e2e, 0.95),
                RecentLatencies.quantile(objective, 0.95),
                requests,
                tokenRate,
                errorShare,
                throttled,
                powerShare < 0.999,
                replicas,
                gpus);
        RecentLatencies.decay(ttft);
        RecentLatencies.decay(e2e);
        RecentLatencies.decay(objective);
        lastReport = report;
        return report;
    }

    /// Everything in memory is gone.
    void forget() {
        Arrays.fill(ttft, 0);
        Arrays.fill(e2e, 0);
        Arrays.fill(objective, 0);
        throttled = false;
        utilization = 0;
        tokenRate = 0;
        errorShare = 0;
    }

    @Nullable
    Engine engine(String code) {
        for (Engine e : engines) {
            if (e.code.equals(code)) {
                return e;
            }
        }
        return null;
    }
}
