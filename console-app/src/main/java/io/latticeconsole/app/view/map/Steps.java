package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.layout.PickGrid;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.scene.MapTopology;

/// Where a key leads from one object to the next. Pure.
final class Steps {
    /// Sideways distance counts so many times as much as distance ahead.
    private static final double SIDEWAYS = 2.5;

    private Steps() {}

    /// The nearest object of the same kind in a direction, or the anchor itself when there is none; from nothing, the
    /// first object.
    ///
    /// @param dx, dy unit vector of the direction, y downwards
    static int towards(MapTopology topology, Placement placement, int anchor, int dx, int dy) {
        if (anchor == PickGrid.NOTHING) {
            return first(topology);
        }
        double x = placement.centreX(topology, anchor);
        double y = placement.centreY(topology, anchor);
        int best = anchor;
        double least = Double.MAX_VALUE;
        for (int other = low(topology, anchor); other < high(topology, anchor); other++) {
            double ox = placement.centreX(topology, other) - x;
            double oy = placement.centreY(topology, other) - y;
            double ahead = ox * dx + oy * dy;
            double aside = Math.abs(ox * dy) + Math.abs(oy * dx);
            double cost = ahead + SIDEWAYS * aside;
            if (other != anchor && ahead > 0.5 && ahead >= aside * 0.35 && cost < least) {
                least = cost;
                best = other;
            }
        }
        return best;
    }

    /// One step in: region, its first site, its first node; a node stays.
    static int in(MapTopology topology, int anchor) {
        if (anchor == PickGrid.NOTHING) {
            return first(topology);
        }
        int i = topology.indexOf(anchor);
        if (topology.isRegion(anchor) && topology.sitesIn(i) > 0) {
            return topology.siteAnchor(topology.siteIn(i, 0));
        }
        if (topology.isSite(anchor) && topology.nodesAt(i) > 0) {
            return topology.nodeAnchor(topology.nodeAt(i, 0));
        }
        return anchor;
    }

    /// One step out: node, its site, its region, nothing.
    static int out(MapTopology topology, int anchor) {
        if (topology.isNode(anchor)) {
            return topology.siteAnchor(topology.siteOf(topology.indexOf(anchor)));
        }
        return topology.isSite(anchor)
                ? topology.regionAnchor(topology.site(topology.indexOf(anchor)).region())
                : PickGrid.NOTHING;
    }

    private static int first(MapTopology topology) {
        return topology.nodeCount() > 0 ? topology.nodeAnchor(0) : topology.anchorCount() > 0 ? 0 : PickGrid.NOTHING;
    }

    private static int low(MapTopology t, int anchor) {
        return t.isRegion(anchor) ? 0 : t.isSite(anchor) ? t.regionCount() : t.regionCount() + t.siteCount();
    }

    private static int high(MapTopology t, int anchor) {
        return t.isRegion(anchor)
                ? t.regionCount()
                : t.isSite(anchor) ? t.regionCount() + t.siteCount() : t.anchorCount();
    }
}
