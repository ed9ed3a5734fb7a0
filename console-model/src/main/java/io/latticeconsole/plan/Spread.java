package io.latticeconsole.plan;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.SiteId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where load goes that its site can no longer take: to where a request from the same client region would be answered
/// soonest, a small chunk at a time, never over a cut path. Confined to one planning call.
final class Spread {
    private static final int CHUNKS = 25;

    /// Receivers looked at for one client region: beyond the nearest ones the round trip decides anyway.
    private static final int NEAREST = 48;

    private final Forecast forecast;

    Spread(Forecast forecast) {
        this.forecast = forecast;
    }

    /// Moves the share of each cell's load that its lost capacity carried.
    void move(ModelId model, Map<RegionId, Map<SiteId, Double>> demand) {
        var leaving = new TreeMap<RegionId, Double>();
        demand.forEach((region, flows) -> flows.forEach((site, rate) -> {
            Cell cell = forecast.cell(site, model);
            double kept = cell.capacityBefore > 0 ? Math.min(1, cell.capacity / cell.capacityBefore) : 1;
            double moved = rate * (1 - kept);
            cell.take(region, -moved);
            leaving.merge(region, moved, Double::sum);
        }));
        leaving.forEach((region, rate) -> place(model, region, rate));
    }

    /// Finds sites for a rate of one region; what finds none is unserved.
    private void place(ModelId model, RegionId region, double rate) {
        if (rate <= 0) {
            return;
        }
        List<Cell> near = new ArrayList<>(forecast.cells(model));
        near.removeIf(c -> c.capacity <= 0 || !forecast.reach.reaches(region, c.site));
        near.sort(Comparator.comparingDouble(c -> forecast.reach.millis(region, c.site)));
        List<Cell> reach = near.size() > NEAREST ? near.subList(0, NEAREST) : near;
        double chunk = rate / CHUNKS;
        for (int i = 0; i < CHUNKS; i++) {
            Cell best = best(reach, region, chunk);
            if (best == null) {
                best = best(near, region, chunk);
            }
            if (best == null) {
                squeeze(near, model, region, chunk);
            } else {
                best.take(region, chunk);
            }
        }
    }

    /// Fills what little is free, nearest first; the rest is unserved.
    private void squeeze(List<Cell> near, ModelId model, RegionId region, double chunk) {
        double left = chunk;
        for (Cell c : near) {
            double some = Math.clamp(c.free(), 0, left);
            c.take(region, some);
            left -= some;
        }
        if (left > 0) {
            forecast.leaveUnserved(model, left);
        }
    }

    private @Nullable Cell best(List<Cell> among, RegionId region, double chunk) {
        Cell best = null;
        double least = Double.POSITIVE_INFINITY;
        for (Cell c : among) {
            if (c.free() >= chunk) {
                double cost = forecast.reach.millis(region, c.site)
                        + Queueing.waitP95Millis(c.load() + chunk, c.capacity, c.servers);
                if (cost < least) {
                    least = cost;
                    best = c;
                }
            }
        }
        return best;
    }
}
