package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.layout.Camera;
import io.latticeconsole.app.view.map.layout.DetailLevel;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.Arrays;

/// Sites and nodes over the base: each redrawn only when what is visible of it changed.
final class BodyLayer {
    private static final long NEVER = Long.MIN_VALUE;
    /// A drawn object may pass its rectangle by so many pixels (double outline of an armed node).
    private static final int OVERHANG = 3;

    private final NodeCard card = new NodeCard();
    private long[] nodeSeen = new long[0];
    private long[] siteSeen = new long[0];

    /// Forgets what was drawn, so that the next update draws everything.
    void invalidate(MapTopology topology) {
        if (nodeSeen.length != topology.nodeCount() || siteSeen.length != topology.siteCount()) {
            nodeSeen = new long[topology.nodeCount()];
            siteSeen = new long[topology.siteCount()];
        }
        Arrays.fill(nodeSeen, NEVER);
        Arrays.fill(siteSeen, NEVER);
    }

    /// Draws what changed; when the base below is fresh, nothing needs to be wiped first.
    void update(
            Brush b,
            MapScene scene,
            SiteTile tile,
            SiteTile.Sum[] sums,
            Surface base,
            boolean fresh,
            DirtyCells dirty) {
        for (int s = 0; s < sums.length; s++) {
            DetailLevel level = scene.levels().of(s);
            if (level.compareTo(DetailLevel.SITE) < 0) {
                site(b, scene, tile, sums[s], s, base, fresh, dirty);
            } else {
                nodes(b, scene, s, level, base, fresh, dirty);
            }
        }
    }

    private void site(
            Brush b,
            MapScene scene,
            SiteTile tile,
            SiteTile.Sum sum,
            int s,
            Surface base,
            boolean fresh,
            DirtyCells dirty) {
        long now = sum.signature();
        if (siteSeen[s] == now) {
            return;
        }
        siteSeen[s] = now;
        boolean closer = scene.levels().of(s) == DetailLevel.REGION || sum.priority() > 0;
        int[] box = siteBox(scene, s, closer);
        if (!BaseLayer.onScreen(scene, box[0], box[1], box[2], box[3])) {
            return;
        }
        if (!fresh) {
            b.surface().copy(base, box[0], box[1], box[2], box[3]);
            dirty.add(box[0], box[1], box[2], box[3]);
        }
        if (closer) {
            tile.draw(b, sum, s, box[0], box[1], box[2], box[3]);
        } else {
            SiteTile.drawMark(b, sum, box[0], box[1], box[2], box[3]);
        }
    }

    /// A collapsed site's rectangle; one that is shown closer than it has room for keeps a least size.
    static int[] siteBox(MapScene scene, int s, boolean tile) {
        Placement p = scene.placement();
        Camera c = scene.look().camera();
        int w = (int) Math.round(p.siteWidth(s) * c.scale());
        int h = (int) Math.round(p.siteHeight(s) * c.scale());
        int cx = (int) Math.round(c.screenX(p.siteX(s)) + w / 2.0);
        int cy = (int) Math.round(c.screenY(p.siteY(s)) + h / 2.0);
        int bw = Math.max(w, tile ? 14 : 9);
        int bh = Math.max(h, tile ? 14 : 9);
        return new int[] {cx - bw / 2, cy - bh / 2, bw, bh};
    }

    private void nodes(
            Brush b, MapScene scene, int s, DetailLevel level, Surface base, boolean fresh, DirtyCells dirty) {
        MapTopology t = scene.topology();
        Placement p = scene.placement();
        Camera c = scene.look().camera();
        int w = Math.max(4, (int) Math.round(p.tileWidth(s) * c.scale()));
        int h = Math.max(4, (int) Math.round(p.tileHeight(s) * c.scale()));
        boolean numbers = level == DetailLevel.NODE;
        for (int i = 0; i < t.nodesAt(s); i++) {
            int n = t.nodeAt(s, i);
            int x = (int) Math.round(c.screenX(p.nodeX(n)));
            int y = (int) Math.round(c.screenY(p.nodeY(n)));
            if (!BaseLayer.onScreen(scene, x, y, w, h)) {
                continue;
            }
            long now = signature(scene, n, h, numbers);
            if (nodeSeen[n] == now) {
                continue;
            }
            nodeSeen[n] = now;
            if (!fresh) {
                int hang = NodeGlyph.isOpaque(w) ? 0 : OVERHANG;
                if (hang > 0) {
                    b.surface().copy(base, x - hang, y - hang, w + 2 * hang, h + 2 * hang);
                }
                dirty.add(x - hang, y - hang, w + 2 * hang, h + 2 * hang);
            }
            if (numbers) {
                card.draw(b, scene.frame(), n, t.node(n).code(), scene.frame().detail(n), x, y, w, h);
            } else {
                NodeGlyph.draw(b, scene.frame(), n, t.node(n).code(), x, y, w, h);
            }
        }
    }

    /// Numbers and sparklines change with every frame, so a card is redrawn with each; a tile only when it looks
    /// different.
    private static long signature(MapScene scene, int node, int height, boolean numbers) {
        return numbers
                ? System.identityHashCode(scene.frame())
                : NodeGlyph.signature(scene.frame(), node, height)
                        + (height >= 50 ? Float.floatToIntBits(worstValue(scene, node)) * 31L : 0);
    }

    private static float worstValue(MapScene scene, int node) {
        int worst = scene.frame().priority(node) > 0 ? NodeGlyph.worst(scene.frame(), node) : -1;
        return worst < 0 ? 0 : scene.frame().value(node, worst);
    }
}
