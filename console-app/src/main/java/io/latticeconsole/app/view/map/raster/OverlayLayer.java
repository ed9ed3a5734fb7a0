package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.layout.Camera;
import io.latticeconsole.app.view.map.layout.DetailLevel;
import io.latticeconsole.app.view.map.layout.PickGrid;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.scene.Comet;
import io.latticeconsole.app.view.map.scene.DeadBand;
import io.latticeconsole.app.view.map.scene.MapTopology;

/// What lies over everything: alarm shapes, the selection, comets. Drawn anew whenever anything of it or under it
/// changed.
final class OverlayLayer {
    private static final double HEAD_SECONDS = 1.6;

    /// Draws the layer and notes in `touched` where.
    void draw(Brush b, MapScene scene, SiteTile.Sum[] sums, DirtyCells touched) {
        for (Comet comet : scene.frame().comets()) {
            comet(b, scene, comet, touched);
        }
        frameAround(b, scene, scene.focus().hovered(), 1, touched);
        frameAround(b, scene, scene.focus().selected(), 2, touched);
        for (int s = 0; s < sums.length; s++) {
            if (sums[s].priority() > 0) {
                alarms(b, scene, sums[s], s, touched);
            }
        }
    }

    /// Whether some comet is still under way.
    static boolean moving(MapScene scene) {
        double since = scene.sinceFrame();
        return scene.frame().comets().stream().anyMatch(c -> c.ageSeconds() + since < Comet.LIFE_SECONDS);
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

    private static void comet(Brush b, MapScene scene, Comet comet, DirtyCells touched) {
        double age = comet.ageSeconds() + scene.sinceFrame();
        int last = scene.topology().anchorCount();
        if (age >= Comet.LIFE_SECONDS || comet.from() >= last || comet.to() >= last || comet.from() == comet.to()) {
            return;
        }
        float[] way =
                scene.routes().between(comet.from(), comet.to(), scene.look().camera());
        double fade = Math.clamp((Comet.LIFE_SECONDS - age) / 2, 0, 1);
        double length = Strokes.length(way);
        double thick = Math.max(2, DeadBand.width(Math.abs(comet.deltaPerSecond())) * 0.8);
        int reach = (int) thick + 5;
        int rgb = b.palette().comet();
        if (comet.deltaPerSecond() < 0) {
            b.strokes().dotted(b.surface(), way, 7, 3, rgb, 0.7 * fade);
            touch(way, reach, touched);
            return;
        }
        b.strokes().tapered(b.surface(), way, thick, Math.max(1.5, thick * 0.6), rgb, 0.6 * fade);
        for (int i = 0; i < 3; i++) {
            double phase = age / HEAD_SECONDS - i / 3.0;
            double head = phase > 0 ? (phase - Math.floor(phase)) * length : 0;
            if (head > 0) {
                float[] tail = Strokes.part(way, Math.max(0, head - 34), head);
                b.strokes()
                        .tapered(b.surface(), tail, 1, thick + 2.5, b.palette().comet(), fade);
            }
        }
        touch(way, reach, touched);
        CometLabel.draw(b, scene, comet, way, fade, touched);
    }

    private static void touch(float[] way, int reach, DirtyCells touched) {
        for (int i = 0; i + 3 < way.length; i += 2) {
            int x = (int) Math.min(way[i], way[i + 2]) - reach;
            int y = (int) Math.min(way[i + 1], way[i + 3]) - reach;
            int w = (int) Math.abs(way[i] - way[i + 2]) + 2 * reach + 1;
            int h = (int) Math.abs(way[i + 1] - way[i + 3]) + 2 * reach + 1;
            touched.add(x, y, w, h);
        }
    }
}
