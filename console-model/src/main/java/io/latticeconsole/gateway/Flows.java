package io.latticeconsole.gateway;

import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.telemetry.LatencyHistogram;
import io.latticeconsole.telemetry.ModelSummary;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.WorldSpec;
import java.util.ArrayList;
import java.util.List;

/// What an ingress observed lately, by model and by model and site. Rates are smoothed over some five seconds,
/// latencies over ten.
final class Flows {
    private static final double SMOOTHING = 0.25;
    private static final double KEPT = 0.85;

    private final WorldSpec world;
    private final int sites;
    private final int[] sent;
    private final int[] done;
    private final int[] failedAt;
    private final double[] rate;
    private final double[] errors;
    private final float[][] latency;
    private final int[][] ttft;
    private final int[][] e2e;
    private final int[][] tpot;
    private final int[] arrivedIn;
    private final int[] finishedIn;
    private final int[] failedIn;
    private final long[] tokensIn;

    Flows(WorldSpec world) {
        this.world = world;
        this.sites = world.sites().size();
        int models = world.models().size();
        sent = new int[models * sites];
        done = new int[models * sites];
        failedAt = new int[models * sites];
        rate = new double[models * sites];
        errors = new double[models * sites];
        latency = new float[models * sites][];
        ttft = new int[models][LatencyHistogram.BUCKETS];
        e2e = new int[models][LatencyHistogram.BUCKETS];
        tpot = new int[models][LatencyHistogram.BUCKETS];
        arrivedIn = new int[models];
        finishedIn = new int[models];
        failedIn = new int[models];
        tokensIn = new long[models];
    }

    void arrived(int model) {
        arrivedIn[model]++;
    }

    void sent(int model, int site) {
        sent[model * sites + site]++;
    }

    void firstToken(int model, double ms) {
        ttft[model][LatencyHistogram.bucket(ms)]++;
    }

    void finished(int model, int site, double ttftMs, double e2eMs, int tokens) {
        finishedIn[model]++;
        tokensIn[model] += tokens;
        e2e[model][LatencyHistogram.bucket(e2eMs)]++;
        double tpotMs = e2eMs > ttftMs && tokens > 0 ? (e2eMs - ttftMs) / tokens : Double.NaN;
        if (!Double.isNaN(tpotMs)) {
            tpot[model][LatencyHistogram.bucket(tpotMs)]++;
        }
        if (site >= 0) {
            int i = model * sites + site;
            done[i]++;
            ObjectiveMetric metric = world.models().get(model).objective().metric();
            double value = switch (metric) {
                case TTFT -> ttftMs;
                case E2E -> e2eMs;
                case TPOT -> tpotMs;
            };
            if (latency[i] == null) {
                latency[i] = new float[LatencyHistogram.BUCKETS];
            }
            if (!Double.isNaN(value)) {
                latency[i][LatencyHistogram.bucket(value)]++;
            }
        }
    }

    void failed(int model, int site) {
        failedIn[model]++;
        if (site >= 0) {
            failedAt[model * sites + site]++;
        }
    }

    /// Closes a second: smooths rates and returns the flows that carry something.
    List<FlowSample> flows(int region, double weight, double seconds) {
        List<FlowSample> result = new ArrayList<>();
        for (int m = 0; m < world.models().size(); m++) {
            for (int s = 0; s < sites; s++) {
                int i = m * sites + s;
                if (sent[i] == 0 && done[i] == 0 && rate[i] == 0) {
                    continue;
                }
                close(i, weight, seconds);
                if (rate[i] > 0) {
                    result.add(new FlowSample(
                            routeId(region, m),
                            world.sites().get(s).id(),
                            new PerSecond(rate[i]),
                            quantile(latency[i]),
                            new Ratio(errors[i])));
                }
            }
        }
        return result;
    }

    private void close(int i, double weight, double seconds) {
        rate[i] += SMOOTHING * (sent[i] * weight / seconds - rate[i]);
        rate[i] = rate[i] < 0.02 ? 0 : rate[i];
        int ended = done[i] + failedAt[i];
        errors[i] += SMOOTHING * ((ended == 0 ? 0 : (double) failedAt[i] / ended) - errors[i]);
        sent[i] = 0;
        done[i] = 0;
        failedAt[i] = 0;
        float[] counts = latency[i];
        if (counts != null) {
            for (int b = 0; b < counts.length; b++) {
                counts[b] = counts[b] < 0.02f ? 0 : (float) (counts[b] * KEPT);
            }
        }
    }

    private static Millis quantile(float @org.jspecify.annotations.Nullable [] counts) {
        if (counts == null) {
            return Millis.NONE;
        }
        int[] scaled = new int[counts.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = Math.round(counts[i] * 100);
        }
        return new LatencyHistogram(scaled).quantile(0.95);
    }

    RouteId routeId(int region, int model) {
        return new RouteId(world.regions().get(region).id().name() + "/routes/"
                + world.models().get(model).id().code());
    }

    /// Requests per second that a model's route carries to a site.
    double rate(int model, int site) {
        return rate[model * sites + site];
    }

    /// Observed weights of a model's route, largest first, sites below 1 % left out.
    List<SiteWeight> weights(int model) {
        double total = 0;
        for (int s = 0; s < sites; s++) {
            total += rate[model * sites + s];
        }
        List<SiteWeight> result = new ArrayList<>();
        for (int s = 0; s < sites && total > 0; s++) {
            double share = rate[model * sites + s] / total;
            if (share >= 0.01) {
                result.add(new SiteWeight(world.sites().get(s).id(), Math.round(share * 1000) / 1000.0));
            }
        }
        result.sort(java.util.Comparator.comparingDouble(SiteWeight::weight)
                .reversed()
                .thenComparing(SiteWeight::site));
        return result;
    }

    /// Closes a window of so many seconds and summarises it.
    List<ModelSummary> models(double weight, double seconds) {
        List<ModelSummary> result = new ArrayList<>();
        for (int m = 0; m < ttft.length; m++) {
            ModelSpec model = world.models().get(m);
            result.add(new ModelSummary(
                    model.id(),
                    scaled(ttft[m], weight),
                    scaled(e2e[m], weight),
                    scaled(tpot[m], weight),
                    seconds,
                    new PerSecond(arrivedIn[m] * weight / seconds),
                    new PerSecond(finishedIn[m] * weight / seconds),
                    new PerSecond(failedIn[m] * weight / seconds),
                    new PerSecond(tokensIn[m] * weight / seconds)));
            ttft[m] = new int[LatencyHistogram.BUCKETS];
            e2e[m] = new int[LatencyHistogram.BUCKETS];
            tpot[m] = new int[LatencyHistogram.BUCKETS];
            arrivedIn[m] = 0;
            finishedIn[m] = 0;
            failedIn[m] = 0;
            tokensIn[m] = 0;
        }
        return result;
    }

    private static LatencyHistogram scaled(int[] counts, double weight) {
        int[] result = counts.clone();
        for (int i = 0; i < result.length && weight > 1; i++) {
            result[i] = (int) Math.round(result[i] * weight);
        }
        return new LatencyHistogram(result);
    }
}
