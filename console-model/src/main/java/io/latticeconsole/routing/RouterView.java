package io.latticeconsole.routing;

import io.latticeconsole.lattice.ObjectiveMetric;
import java.util.Arrays;

/// What a router knows of replicas, one row each, from reports that are 50 ms to 2 s old, in columns. Single-threaded;
/// whoever owns it writes the columns and calls [#rebuild] after changing which rows exist or are admitted.
public final class RouterView {
    static final double MAX_QUEUE_MS = 8_000;

    public final int models;
    public final int sites;
    public final ObjectiveMetric[] objective;
    public final double[] objectiveMs;

    /// Level of a site: 0 is the ingress's own region, then other regions, nearest first.
    public final int[] siteLevel;

    /// Round trip from the ingress to a site in ms, as measured; infinite where the path is cut.
    public final double[] siteRtt;

    public int[] model = new int[0];
    public int[] site = new int[0];
    public boolean[] ready = new boolean[0];
    public boolean[] throttled = new boolean[0];
    public double[] admission = new double[0];
    public long[] readySince = new long[0];
    public long[] ejectedUntil = new long[0];
    public double[] prefillBase = new double[0];
    public double[] prefillPerToken = new double[0];
    public double[] itlBase = new double[0];
    public double[] itlPerSequence = new double[0];
    public int[] maxBatch = new int[0];
    public double[] capacity = new double[0];

    /// Prefill work waiting, ms, as reported; and what was sent since.
    public double[] queueMs = new double[0];

    public double[] sentMs = new double[0];

    private double[] reported = new double[0];
    private double[] sent = new double[0];

    /// Requests that this ingress has under way to, at and back from the row, exactly; the most of them since the last
    /// report and in the time between the two before; and those of others there, at least.
    private int[] own = new int[0];

    private int[] ownPeak = new int[0];
    private int[] ownPeakBefore = new int[0];
    private double[] others = new double[0];
    public long[] reportedAt = new long[0];

    /// Measured over expected service time, 1 when healthy.
    public double[] slowness = new double[0];

    /// Energy of one more request, 0 to 1 against the thirstiest product.
    public double[] energy = new double[0];

    /// 0 healthy to 1 about to fail: throttled, hot, suspect.
    public double[] risk = new double[0];

    /// Share of requests per site that operators set for a model, by site; null while the router picks.
    public final double[][] weights;

    int[][] order;
    int[][] levelStart;
    double[][] levelShare;
    int size;

    public RouterView(ObjectiveMetric[] objective, double[] objectiveMs, int[] siteLevel, double[] siteRtt) {
        this.models = objective.length;
        this.sites = siteRtt.length;
        this.objective = objective.clone();
        this.objectiveMs = objectiveMs.clone();
        this.siteLevel = siteLevel.clone();
        this.siteRtt = siteRtt.clone();
        this.weights = new double[models][];
        this.order = new int[models][0];
        this.levelStart = new int[models][];
        this.levelShare = new double[models][];
        rebuild();
    }

    public int size() {
        return size;
    }

    /// A new row, not ready.
    public int addRow(int rowModel, int rowSite) {
        int row = size++;
        if (row >= model.length) {
            grow(Math.max(64, 2 * row));
        }
        model[row] = rowModel;
        site[row] = rowSite;
        admission[row] = 1;
        slowness[row] = 1;
        return row;
    }

    private void grow(int n) {
        model = Arrays.copyOf(model, n);
        site = Arrays.copyOf(site, n);
        ready = Arrays.copyOf(ready, n);
        throttled = Arrays.copyOf(throttled, n);
        admission = Arrays.copyOf(admission, n);
        readySince = Arrays.copyOf(readySince, n);
        ejectedUntil = Arrays.copyOf(ejectedUntil, n);
        prefillBase = Arrays.copyOf(prefillBase, n);
        prefillPerToken = Arrays.copyOf(prefillPerToken, n);
        itlBase = Arrays.copyOf(itlBase, n);
        itlPerSequence = Arrays.copyOf(itlPerSequence, n);
        maxBatch = Arrays.copyOf(maxBatch, n);
        capacity = Arrays.copyOf(capacity, n);
        queueMs = Arrays.copyOf(queueMs, n);
        sentMs = Arrays.copyOf(sentMs, n);
        reported = Arrays.copyOf(reported, n);
        sent = Arrays.copyOf(sent, n);
        own = Arrays.copyOf(own, n);
        ownPeak = Arrays.copyOf(ownPeak, n);
        ownPeakBefore = Arrays.copyOf(ownPeakBefore, n);
        others = Arrays.copyOf(others, n);
        reportedAt = Arrays.copyOf(reportedAt, n);
        slowness = Arrays.copyOf(slowness, n);
        energy = Arrays.copyOf(energy, n);
        risk = Arrays.copyOf(risk, n);
    }

    /// Sorts the admitted rows by level and round trip. `levelShare` is the part of requests that a level may
    /// take: Envoy's priority levels, min(100 %, healthy × 1.4).
    public void rebuild() {
        int levels = 0;
        for (int l : siteLevel) {
            levels = Math.max(levels, l + 1);
        }
        int[] counts = new int[models];
        for (int row = 0; row < size; row++) {
            counts[model[row]] += admitted(row) ? 1 : 0;
        }
        for (int m = 0; m < models; m++) {
            order[m] = new int[counts[m]];
            levelStart[m] = new int[levels + 1];
            levelShare[m] = new double[levels];
        }
        fill(levels, counts);
    }

    private void fill(int levels, int[] counts) {
        double[][] all = new double[models][levels];
        double[][] healthy = new double[models][levels];
        for (int row = 0; row < size; row++) {
            int m = model[row];
            int level = siteLevel[site[row]];
            all[m][level] += capacity[row];
            if (admitted(row)) {
                healthy[m][level] += capacity[row];
                levelStart[m][level + 1]++;
            }
        }
        int[][] next = new int[models][];
        for (int m = 0; m < models; m++) {
            for (int l = 0; l < levels; l++) {
                levelStart[m][l + 1] += levelStart[m][l];
                levelShare[m][l] = all[m][l] > 0 ? Math.min(1, 1.4 * healthy[m][l] / all[m][l]) : 0;
            }
            next[m] = levelStart[m].clone();
            counts[m] = 0;
        }
        for (int row = 0; row < size; row++) {
            if (admitted(row)) {
                order[model[row]][next[model[row]][siteLevel[site[row]]]++] = row;
            }
        }
    }

    /// Whether a row may get requests at all, leaving passing conditions aside.
    public boolean admitted(int row) {
        return ready[row] && admission[row] > 0;
    }

    /// Whether a row may get a request now.
    public boolean eligible(int row, long now) {
        return ready[row]
                && admission[row] > 0
                && ejectedUntil[row] <= now
                && siteRtt[site[row]] < Double.POSITIVE_INFINITY
                && !full(row, now);
    }

    /// A report may count requests whose answers overtook it: what this ingress knows for certain bounds it, lest a
    /// replica with room is taken for full.
    private boolean full(int row, long now) {
        double most = 4.0 * maxBatch[row] + 8;
        double known = own[row] + others[row];
        return waitMs(row, now) >= MAX_QUEUE_MS || own[row] >= most || Math.min(inFlight(row), known) >= most;
    }

    /// How many rows of a model may get requests at all, leaving passing conditions aside.
    public int admittedRows(int ofModel) {
        return order[ofModel].length;
    }

    /// How many of those have as many requests as they take.
    public int fullRows(int ofModel, long now) {
        int full = 0;
        for (int row : order[ofModel]) {
            full += full(row, now) ? 1 : 0;
        }
        return full;
    }

    /// Prefill work ahead of a new request: what was reported less what has been done since, and what was sent since.
    public double waitMs(int row, long now) {
        double done = (now - reportedAt[row]) / 1e6;
        return Math.max(0, queueMs[row] + sentMs[row] - done);
    }

    /// Requests in flight at a row: what was reported, and what was sent and has ended since.
    public double inFlight(int row) {
        return reported[row] + sent[row];
    }

    /// This ingress sends a request to a row.
    public void sends(int row) {
        sent[row]++;
        own[row]++;
        ownPeak[row] = Math.max(ownPeak[row], own[row]);
    }

    /// A row answered a request that this ingress sent there; [#leaves] follows.
    public void answers(int row) {
        double[] counted = sent[row] >= 1 ? sent : reported;
        counted[row] = Math.max(0, counted[row] - 1);
    }

    /// A request that this ingress sent to a row is over, or goes on elsewhere.
    public void leaves(int row) {
        own[row]--;
    }

    /// Takes in a report of a row. It counts this ingress's own requests as they were some time ago, no more than the
    /// most of that time: what is above that is others'.
    public void report(int row, long now, double reportedQueueMs, double reportedInFlight, double reportedSlowness) {
        queueMs[row] = reportedQueueMs;
        reported[row] = reportedInFlight;
        sent[row] = 0;
        others[row] = Math.max(0, reportedInFlight - Math.max(ownPeak[row], ownPeakBefore[row]));
        ownPeakBefore[row] = ownPeak[row];
        ownPeak[row] = own[row];
        slowness[row] = reportedSlowness;
        sentMs[row] = 0;
        reportedAt[row] = now;
    }
}
