package io.latticeconsole.drill.sim;

import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.telemetry.RecentLatencies;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.ServiceTimes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A replica as it really runs on a machine: a queue of prompts, one prefill at a time, and a batch that decodes
/// together.
///
/// Decoding is processor sharing: a virtual clock counts the tokens that every sequence of the batch has had,
/// so that only the next completion needs an event. One attempt stands for `weight` requests: it takes that
/// many slots and keeps the prefill that much longer.
final class Engine {
    /// Chunked prefill shares the accelerator with decoding: a step takes up to this much longer.
    private static final double PREFILL_DRAG = 0.5;

    /// With two reports a second, twenty seconds.
    private static final float TTFT_KEPT = 0.975f;

    final int id;
    final Machine machine;
    final String code;
    final int modelIndex;
    final ModelSpec model;
    final ServiceTimes times;
    int firstAccelerator;
    final int accelerators;
    final int weight;
    final int slots;
    final String version;
    ReplicaState state = ReplicaState.LOADING;
    String message = "";

    /// What a bad version or a sick machine multiplies service times by, and the share of requests that fail.
    double versionSlowness = 1;

    double errorRatio;

    private int[] queue = new int[8];
    private int queueHead;
    int queued;
    double queuedMs;

    int prefilling = -1;
    long prefillStarted;
    int prefillStamp;
    int loadStamp;

    /// Whether it has room on accelerators.
    boolean placed = true;

    int waits;

    private double[] ends = new double[8];
    int[] members = new int[8];
    int batch;
    private double virtualClock;
    private long clockAt;
    double silentClock = Double.POSITIVE_INFINITY;
    long pendingAt = Long.MAX_VALUE;

    private long accountedAt;
    private double prefillBusy;
    private double batchIntegral;
    double prefillShare;
    double batchMean;
    double utilization;
    double contention = 1;

    int arrivals;
    int finished;
    int failed;

    /// Counted since it was loaded, unlike those above.
    long ended;

    long endedInFailure;
    private float @Nullable [] ttft;
    double tokens;

    /// Smoothed rates per second.
    double arrivalRate;

    Engine(
            int id,
            Machine machine,
            String code,
            int modelIndex,
            ModelSpec model,
            int first,
            int weight,
            String version) {
        this.id = id;
        this.machine = machine;
        this.code = code;
        this.modelIndex = modelIndex;
        this.model = model;
        this.times = model.on(machine.spec.nodeClass().type());
        this.firstAccelerator = first;
        this.accelerators = model.acceleratorsOn(machine.spec.nodeClass().type());
        this.weight = weight;
        this.slots = Math.max(1, model.maxBatch() / weight);
        this.version = version;
    }

    double slowness() {
        return machine.slowness() * contention * versionSlowness;
    }

    double prefillMs(int tokens) {
        return times.prefillMs(tokens) * slowness();
    }

    void enqueue(int attempt, double prefillMs) {
        if (queued == queue.length) {
            int[] bigger = new int[2 * queued];
            for (int i = 0; i < queued; i++) {
                bigger[i] = queue[(queueHead + i) % queue.length];
            }
            queue = bigger;
            queueHead = 0;
        }
        queue[(queueHead + queued) % queue.length] = attempt;
        queued++;
        queuedMs += prefillMs;
    }

    int dequeue() {
        int attempt = queue[queueHead];
        queueHead = (queueHead + 1) % queue.length;
        queued--;
        return attempt;
    }

    int peek(int i) {
        return queue[(queueHead + i) % queue.length];
    }

    /// Takes an attempt out of the queue; whether it was there.
    boolean removeQueued(int attempt) {
        for (int i = 0; i < queued; i++) {
            if (peek(i) == attempt) {
                for (int j = i; j + 1 < queued; j++) {
                    queue[(queueHead + j) % queue.length] = peek(j + 1);
                }
                queued--;
                return true;
            }
        }
        return false;
    }

    void clearQueue() {
        queued = 0;
        queuedMs = 0;
    }

    private double nanosPerToken() {
        double drag = 1 + PREFILL_DRAG * prefillShare;
        return times.itlMs((double) batch * weight) * slowness() * drag * 1e6;
    }

    /// Brings the virtual clock and the accounts up to now; to be called before anything changes.
    void advance(long now) {
        if (batch > 0) {
            virtualClock += (now - clockAt) / nanosPerToken();
        }
        clockAt = now;
        long span = now - accountedAt;
        batchIntegral += (double) span * batch;
        prefillBusy += prefilling >= 0 ? span : 0;
        accountedAt = now;
    }

    /// Closes an accounting period of 500 ms or so.
    void settle(long now, long span) {
        advance(now);
        double share = Math.min(1, prefillBusy / span);
        double mean = batchIntegral / span * weight;
        prefillShare += 0.25 * (share - prefillShare);
        batchMean += 0.25 * (mean - batchMean);
        utilization = utilization(prefillShare, batchMean, model.maxBatch());
        arrivalRate += 0.15 * (arrivals * (double) weight * 1e9 / span - arrivalRate);
        arrivals = 0;
        prefillBusy = 0;
        batchIntegral = 0;
    }

    /// How much of its accelerators a replica uses: all of it in prefill, by the square root of the batch in decode, as
    /// steps are bound by memory bandwidth.
    static double utilization(double prefillShare, double batch, int maxBatch) {
        return prefillShare + (1 - prefillShare) * 0.85 * Math.sqrt(Math.min(1, batch / Math.max(1, maxBatch)));
    }

    double virtualClock() {
        return virtualClock;
    }

    /// Adds a sequence to the batch.
    void join(int attempt, double end) {
        if (batch == members.length) {
            ends = Arrays.copyOf(ends, 2 * batch);
            members = Arrays.copyOf(members, 2 * batch);
        }
        int i = batch++;
        while (i > 0 && ends[(i - 1) / 2] > end) {
            ends[i] = ends[(i - 1) / 2];
            members[i] = members[(i - 1) / 2];
            i = (i - 1) / 2;
        }
        ends[i] = end;
        members[i] = attempt;
    }

    boolean hasFinished() {
        return batch > 0 && ends[0] <= virtualClock + 1e-6;
    }

    /// Takes the first sequence of the batch to end.
    int leave() {
        int attempt = members[0];
        removeAt(0);
        return attempt;
    }

    boolean removeMember(int attempt) {
        for (int i = 0; i < batch; i++) {
            if (members[i] == attempt) {
                removeAt(i);
                return true;
            }
        }
        return false;
    }

    private void removeAt(int at) {
        batch--;
        double end = ends[batch];
        int attempt = members[batch];
        int i = at;
        while (i > 0 && ends[(i - 1) / 2] > end) {
            ends[i] = ends[(i - 1) / 2];
            members[i] = members[(i - 1) / 2];
            i = (i - 1) / 2;
        }
        while (2 * i + 1 < batch) {
            int c = 2 * i + 1;
            c += c + 1 < batch && ends[c + 1] < ends[c] ? 1 : 0;
            if (ends[c] >= end) {
                break;
            }
            ends[i] = ends[c];
            members[i] = members[c];
            i = c;
        }
        if (i < batch) {
            ends[i] = end;
            members[i] = attempt;
        }
    }

    /// When the next sequence ends if nothing changes.
    long nextCompletion(long now) {
        return batch == 0 ? Long.MAX_VALUE : now + (long) Math.max(0, (ends[0] - virtualClock) * nanosPerToken()) + 1;
    }

    /// Tokens a member of the batch has had since it joined.
    int tokensSince(double virtualStart, long now) {
        double clock = batch > 0 ? virtualClock + (now - clockAt) / nanosPerToken() : virtualClock;
        return (int) Math.max(0, Math.min(clock, silentClock) - virtualStart);
    }

    int running() {
        return batch + (prefilling >= 0 ? 1 : 0);
    }

    /// Records a request's TTFT.
    void observe(double ttftMs) {
        if (ttft == null) {
            ttft = new float[RecentLatencies.BUCKETS];
        }
        RecentLatencies.add(ttft, ttftMs);
    }

    /// TTFT p95 in ms of the last half minute, NaN if there were too few to tell; called with every report.
    double ttftP95() {
        if (ttft == null) {
            return Double.NaN;
        }
        double p95 = RecentLatencies.quantile(ttft, 0.95);
        RecentLatencies.decay(ttft, TTFT_KEPT);
        return p95;
    }
}
