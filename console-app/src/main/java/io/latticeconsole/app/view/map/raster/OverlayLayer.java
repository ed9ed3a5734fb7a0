package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.layout.Camera;
import io.latticeconsole.app.view.map.layout.DetailLevel;
import io.latticeconsole.app.view.map.layout.PickGrid;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.scene.MapTopology;

/// What lies over everything: alarm shapes, the selection, comets. Drawn anew whenever anything of it or under it
/// changed.
final class OverlayLayer {
    /// Draws the layer and notes in `touched` where.
    void draw(Brush b, MapScene scene, SiteTile.Sum[] sums, DirtyCells touched) {
        Comets.draw(b, scene, touched);
        frameAround(b, scene, scene.focus().hovered(), 1, touched);
        frameAround(b, scene, scene.focus().selected(), 2, touched);
        for (int s = 0; s < sums.length; s++) {
            if (sums[s].priority() > 0) {
                alarms(b, scene, sums[s], s, touched);
            }
        }
    }

    private static void alarms(Brush b, MapScene scene, SiteTile.Sum sum, int s, DirtyCells touched) {
        if (scene.levels().of(s).compareTo(DetailLevel.SITE) < 0) {
            int[] box = BodyLayer.siteBox(scene, s, true);
            mark(b, sum.priority(), box[0] + box[2] - 1, box[1] + 1, box[2] >= 40 ? 13 : 11, touched);
            return;
        }
        MapTopology t = scene.topology();
        for (int i = 0; i < t.nodesAt(s); i++) {
            int n = t.nodeAt(s, i);
            int priority = scene.frame().priority(n);
            if (priority > 0) {
                int[] box = box(scene, t.nodeAnchor(n));
                int across = box[2] >= 100 ? 18 : box[2] >= 30 ? 14 : box[2] >= 14 ? 11 : 7;
                int inset = box[2] >= 100 ? 6 : 1;
                mark(b, priority, box[0] + box[2] - inset, box[1] + inset, across, touched);
            }
        }
    }

    private static void mark(Brush b, int priority, int x, int y, int across, DirtyCells touched) {
        int reach = MarkSprites.reach(across) + across / 4;
        touched.add(x - reach, y - reach, 2 * reach, 2 * reach);
        b.marks().draw(b.surface(), b.palette(), priority, x, y, across);
    }

    /// An object's pixel rectangle.
    static int[] box(MapScene scene, int anchor) {
        MapTopology t = scene.topology();
        int site = t.isNode(anchor) ? t.siteOf(t.indexOf(anchor)) : t.isSite(anchor) ? t.indexOf(anchor) : -1;
        if (site >= 0 && scene.levels().of(site).compareTo(DetailLevel.SITE) < 0) {
            // A node of a collapsed site stands for itself through its site.
            return BodyLayer.siteBox(scene, site, true);
        }
        Placement p = scene.placement();
        Camera c = scene.look().camera();
        double[] w = PickGrid.box(scene.topology(), p, anchor);
        int x = (int) Math.round(c.screenX(w[0]));
        int y = (int) Math.round(c.screenY(w[1]));
        return new int[] {
            x, y, Math.max(4, (int) Math.round(w[2] * c.scale())), Math.max(4, (int) Math.round(w[3] * c.scale()))
        };
    }

    private static void frameAround(Brush b, MapScene scene, int anchor, int thick, DirtyCells touched) {
        if (anchor < 0 || anchor >= scene.topology().anchorCount()) {
            return;
        }
        int[] r = box(scene, anchor);
        boolean selected = thick > 1;
        int rgb = selected && scene.focus().keyboard()
                ? b.palette().focus()
                : b.palette().text();
        for (int i = 0; i < thick; i++) {
            int out = i + (selected ? 0 : -1) + 1;
            b.surface().outline(r[0] - out, r[1] - out, r[2] + 2 * out, r[3] + 2 * out, rgb);
        }
        touched.add(r[0] - 4, r[1] - 4, r[2] + 8, r[3] + 8);
    }
}
