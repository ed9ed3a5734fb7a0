package io.latticeconsole.app.view.map.layout;

import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The level of detail of every site at one camera. Immutable.
public final class Levels {
    private final DetailLevel[] levels;

    private Levels(DetailLevel[] levels) {
        this.levels = levels;
    }

    /// Levels with every node shown as its tile whatever its size.
    public static Levels allNodes(MapTopology topology) {
        return all(topology, DetailLevel.SITE);
    }

    /// The same level for every site.
    public static Levels all(MapTopology topology, DetailLevel level) {
        DetailLevel[] all = new DetailLevel[topology.siteCount()];
        Arrays.fill(all, level);
        return new Levels(all);
    }

    /// Levels at a camera; a former set gives the hysteresis when it is for as many sites.
    public static Levels at(Optional<Levels> former, MapTopology topology, Placement placement, Camera camera) {
        DetailLevel[] next = new DetailLevel[topology.siteCount()];
        boolean known = former.isPresent() && former.get().levels.length == next.length;
        for (int s = 0; s < next.length; s++) {
            double site = Math.sqrt(placement.siteWidth(s) * placement.siteHeight(s)) * camera.scale();
            double tile = placement.tileWidth(s) * camera.scale();
            next[s] = known ? former.get().levels[s].next(site, tile) : DetailLevel.first(site, tile);
        }
        return former.isPresent() && Arrays.equals(next, former.get().levels) ? former.get() : new Levels(next);
    }

    public DetailLevel of(int site) {
        return levels[site];
    }

    public int count() {
        return levels.length;
    }

    /// The level that most sites have.
    public DetailLevel usual() {
        Map<DetailLevel, Integer> count = new EnumMap<>(DetailLevel.class);
        for (DetailLevel level : levels) {
            count.merge(level, 1, Integer::sum);
        }
        DetailLevel most = DetailLevel.SITE;
        int best = 0;
        for (Map.Entry<DetailLevel, Integer> entry : count.entrySet()) {
            if (entry.getValue() > best) {
                best = entry.getValue();
                most = entry.getKey();
            }
        }
        return most;
    }
}
