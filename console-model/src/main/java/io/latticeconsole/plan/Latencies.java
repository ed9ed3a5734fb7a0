package io.latticeconsole.plan;

import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.RegionId;
import java.util.Map;
import java.util.TreeMap;

/// 95th percentiles of one model at one site, in ms, before and after: what was observed, and the change that queues,
/// batches and ways make. NaN where nothing tells. Confined to one planning call.
///
/// The wait is [Queueing]'s. A decode step takes `a / (1 − ρ (1 − 1/r))` at utilisation ρ: by Little's law the batch is
/// arrivals × tokens × step, and a step grows linearly with its batch, from `a` alone to `r a` at the rated capacity.
final class Latencies {
    /// A step at the rated capacity against that of a lone request: 1.27 by the batch (Helix, ASPLOS 2025: 0.5 ms for
    /// 48 more sequences on 1.4 ms, at three quarters of the slots) × 1.3 by the prefills between.
    private static final double FULL_STEP = 1.65;

    /// All slots taken: from there on requests wait and steps grow no more.
    private static final double ALL_SLOTS = 4.0 / 3;

    /// The change of load leaves at least this share of a time.
    private static final double LEAST = 0.3;

    private final Cell cell;
    private double ttftSum;
    private double ttftWeight;
    private double promisedSum;
    private double promisedWeight;

    /// For a site that serves none of the model yet: what the others show of its objective, or NaN.
    double typical = Double.NaN;

    /// The round trip that is in it.
    double typicalWay = Double.NaN;

    Latencies(Cell cell) {
        this.cell = cell;
    }

    void ttft(double millis, double weight) {
        ttftSum += millis * weight;
        ttftWeight += weight;
    }

    /// An ingress observed the metric that the model promises.
    void promised(double millis, double requestsPerSecond) {
        promisedSum += millis * requestsPerSecond;
        promisedWeight += requestsPerSecond;
    }

    double promisedSum() {
        return promisedSum;
    }

    double promisedWeight() {
        return promisedWeight;
    }

    /// NaN where neither an ingress nor a node tells.
    double ttftObserved() {
        return ttftWeight > 0 ? ttftSum / ttftWeight : Double.NaN;
    }

    /// NaN where no ingress tells.
    double objectiveObserved() {
        return promisedWeight > 0 ? promisedSum / promisedWeight : Double.NaN;
    }

    /// TTFT before: observed, or without an observation one service time and the wait.
    double ttftBefore() {
        if (ttftWeight > 0) {
            return ttftSum / ttftWeight;
        }
        return cell.capacityBefore > 0 ? service(cell.capacityBefore, cell.serversBefore) + waitBefore() : Double.NaN;
    }

    /// TTFT after: what it was, and the change of the wait and of the way.
    double ttftAfter(Reach reach) {
        if (!(cell.capacity > 0)) {
            return Double.NaN;
        }
        double before = ttftBefore();
        if (Double.isNaN(before)) {
            return service(cell.capacity, cell.servers) + wait(cell.load()) + way(reach, 0);
        }
        return Math.max(LEAST * before, before + wait(cell.load()) - waitBefore() + way(reach, 0));
    }

    /// What the model promises, before.
    double objectiveBefore(Model model) {
        return switch (model.objective().metric()) {
            case TTFT -> ttftBefore();
            case TPOT, E2E -> promisedWeight > 0 ? promisedSum / promisedWeight : typical;
        };
    }

    /// What the model promises, after.
    double objectiveAfter(Model model, Reach reach) {
        double before = objectiveBefore(model);
        if (!(cell.capacity > 0)) {
            return Double.NaN;
        }
        return switch (model.objective().metric()) {
            case TTFT -> ttftAfter(reach);
            case TPOT -> before * steps(model);
            case E2E -> {
                double working = Math.max(LEAST * before, before - waitBefore());
                yield Math.max(LEAST * before, working * steps(model) + wait(cell.load()) + way(reach, typicalWay));
            }
        };
    }

    private double steps(Model model) {
        if (Timing.tokenSeconds(model) <= 0) {
            return 1;
        }
        double before = cell.capacityBefore > 0 ? cell.loadBefore / cell.capacityBefore : 0;
        return step(cell.load() / cell.capacity) / step(before);
    }

    private static double step(double utilization) {
        return 1 / (1 - Math.clamp(utilization, 0, ALL_SLOTS) * (1 - 1 / FULL_STEP));
    }

    private double wait(double load) {
        return Queueing.waitP95Millis(load, cell.capacity, cell.servers);
    }

    private double waitBefore() {
        return cell.capacityBefore > 0
                ? Queueing.waitP95Millis(cell.loadBefore, cell.capacityBefore, cell.serversBefore)
                : 0;
    }

    private static double service(double capacity, int servers) {
        return capacity > 0 ? 1000.0 * servers / capacity : 0;
    }

    /// How much farther the clients are than before, by the round trip that one in twenty has more of. A site without
    /// clients before is taken as so far as given.
    private double way(Reach reach, double without) {
        double before = wayBefore(reach);
        double change = roundTrip(cell.from, reach) - (Double.isNaN(before) ? without : before);
        return Double.isNaN(change) ? 0 : change;
    }

    double wayBefore(Reach reach) {
        return roundTrip(cell.fromBefore, reach);
    }

    private double roundTrip(Map<RegionId, Double> from, Reach reach) {
        var byMillis = new TreeMap<Double, Double>();
        double total = 0;
        for (Map.Entry<RegionId, Double> e : from.entrySet()) {
            double millis = reach.millis(e.getKey(), cell.site);
            if (e.getValue() > 1e-9 && Double.isFinite(millis)) {
                byMillis.merge(millis, e.getValue(), Double::sum);
                total += e.getValue();
            }
        }
        double left = 0.95 * total;
        for (Map.Entry<Double, Double> e : byMillis.entrySet()) {
            left -= e.getValue();
            if (left <= 0) {
                return e.getKey();
            }
        }
        return byMillis.isEmpty() ? Double.NaN : byMillis.lastKey();
    }
}
