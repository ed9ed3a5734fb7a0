package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.CardPlace.Spared;
import io.latticeconsole.app.view.map.layout.DetailLevel;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.ArrayList;
import java.util.List;

/// What of a map had better not be hidden near a rectangle: nodes, sites that are drawn without them, and titles.
/// FX thread.
final class Neighbours {
    private static final double TITLE = 0.3;
    private static final double NODE = 1;
    private static final double ALARM = 3;

    private final TopologyMap map;
    private final double[] near;
    private final List<Spared> found = new ArrayList<>();

    private Neighbours(TopologyMap map, double[] near) {
        this.map = map;
        this.near = near;
    }

    /// @param near left, top, width and height, in the map's units
    static List<Spared> of(TopologyMap map, double[] near) {
        Neighbours all = new Neighbours(map, near);
        MapTopology t = map.topology();
        for (int s = 0; s < t.siteCount(); s++) {
            all.site(t, s);
        }
        for (int r = 0; r < t.regionCount(); r++) {
            all.add(map.boundsOf(t.regionAnchor(r)), TITLE);
        }
        return all.found;
    }

    private void site(MapTopology t, int site) {
        double[] room = map.boundsOf(t.siteAnchor(site));
        if (!isNear(room)) {
            return;
        }
        boolean closed = map.viewport().levels().of(site).compareTo(DetailLevel.SITE) < 0;
        boolean alarm = false;
        for (int i = 0; i < t.nodesAt(site); i++) {
            int node = t.nodeAt(site, i);
            boolean bad = map.frame().priority(node) > 0;
            alarm |= bad;
            if (!closed) {
                add(map.boundsOf(t.nodeAnchor(node)), bad ? ALARM : NODE);
            }
        }
        if (closed) {
            add(room, alarm ? ALARM : NODE);
        } else {
            Placement places = map.viewport().placement();
            double title = places.header() * room[3] / places.siteHeight(site);
            add(new double[] {room[0], room[1], room[2], title}, TITLE);
        }
    }

    private void add(double[] box, double weight) {
        if (isNear(box)) {
            found.add(new Spared(box[0], box[1], box[2], box[3], weight));
        }
    }

    private boolean isNear(double[] box) {
        return box[0] < near[0] + near[2]
                && box[0] + box[2] > near[0]
                && box[1] < near[1] + near[3]
                && box[1] + box[3] > near[1];
    }
}
