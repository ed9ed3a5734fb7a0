package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.layout.Arrangement;
import io.latticeconsole.app.view.map.layout.Camera;
import io.latticeconsole.app.view.map.layout.DetailLevel;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.scene.DeadBand;
import io.latticeconsole.app.view.map.scene.Freshness;
import io.latticeconsole.app.view.map.scene.MapTopology;

/// What lies under the nodes: ground, coast, links and flows, rooms and their titles.
final class BaseLayer {
    private static final double FLOW_OPACITY = 0.35;
    /// Below this height in pixels a title strip has no room for letters.
    /// A strip lower than this has no title.
    static final int TITLE_PX = 11;

    private final CoastPainter coast = new CoastPainter();

    /// Draws the whole layer.
    void draw(Brush b, MapScene scene, SiteTile.Sum[] sums) {
        b.surface().clear(b.palette().ground());
        if (scene.placement().arrangement() == Arrangement.GEOGRAPHIC && scene.projection() != null) {
            coast.draw(b, scene.projection(), scene.look().camera());
        }
        boolean free = scene.placement().arrangement() == Arrangement.FREE;
        boolean schematic = scene.placement().arrangement() == Arrangement.SCHEMATIC;
        if (!scene.routes().styled()) {
            plainLinks(b, scene);
        } else if (!schematic) {
            levelFlows(b, scene);
        }
        for (int s = 0; s < scene.topology().siteCount() && !free; s++) {
            room(b, scene, s, sums[s]);
        }
        if (scene.routes().styled() && schematic) {
            levelFlows(b, scene);
        }
        for (int r = 0; r < scene.topology().regionCount() && !free; r++) {
            region(b, scene, r);
        }
    }

    /// The part of the layer that follows from values: equal numbers look equal.
    static long signature(MapScene scene, SiteTile.Sum[] sums) {
        long sum = 17;
        for (SiteTile.Sum site : sums) {
            sum = sum * 31 + (site.whollyUnreachable() ? 2 : site.whollyStale() ? 1 : 0);
        }
        if (scene.routes().styled()) {
            for (int l = 0; l < scene.frame().linkCount(); l++) {
                sum = sum * 31
                        + Math.round(DeadBand.width(scene.frame().shownRate(l)) * 8) * 16
                        + ticks(scene.frame().shownLatency(l));
            }
        }
        return sum;
    }

    /// Ticks across a flow: one for every started 40 ms, at most six.
    static int ticks(double latencyMs) {
        return !Double.isNaN(latencyMs) ? (int) Math.clamp(Math.ceil(latencyMs / 40), 0, 6) : 0;
    }

    private static void plainLinks(Brush b, MapScene scene) {
        Camera c = scene.look().camera();
        int rgb = scene.look().moving()
                ? Surface.mixed(b.palette().ground(), b.palette().flow(), 52)
                : b.palette().flow();
        float k = (float) c.scale();
        float ox = (float) c.offsetX();
        float oy = (float) c.offsetY();
        var routes = scene.routes();
        int cover = routes.count() > 10_000 ? 40 : 64;
        for (int l = 0; l < routes.count(); l++) {
            float x0 = routes.x(l, 0) * k + ox;
            float y0 = routes.y(l, 0) * k + oy;
            int last = routes.points(l) - 1;
            float x1 = routes.x(l, last) * k + ox;
            float y1 = routes.y(l, last) * k + oy;
            if (scene.look().moving()) {
                Lines.opaque(b.surface(), x0, y0, x1, y1, rgb);
            } else {
                Lines.blended(b.surface(), x0, y0, x1, y1, rgb, cover);
            }
        }
    }

    /// Flows that share a gutter do not add up to a bright band.
    private static void levelFlows(Brush b, MapScene scene) {
        b.strokes().polygon().level(b.surface());
        try {
            flows(b, scene);
        } finally {
            b.strokes().polygon().pile();
        }
    }

    private static void flows(Brush b, MapScene scene) {
        Camera c = scene.look().camera();
        double zoom = Math.clamp(c.scale(), 0.5, 1);
        for (int l = 0; l < scene.routes().count(); l++) {
            double w = DeadBand.width(scene.frame().shownRate(l));
            if (w == 0) {
                continue;
            }
            float[] way = scene.routes().onScreen(l, c);
            double from = Math.max(1, w * zoom);
            b.strokes()
                    .tapered(
                            b.surface(),
                            way,
                            from,
                            Math.max(1, from * 0.35),
                            b.palette().flow(),
                            FLOW_OPACITY);
            if (from > 2.2) {
                int ticks = ticks(scene.frame().shownLatency(l));
                b.strokes().ticks(b.surface(), way, ticks, from + 3, b.palette().flow(), FLOW_OPACITY * 1.3);
            }
        }
    }

    private static void room(Brush b, MapScene scene, int site, SiteTile.Sum sum) {
        Placement p = scene.placement();
        Camera c = scene.look().camera();
        int x = (int) Math.round(c.screenX(p.siteX(site)));
        int y = (int) Math.round(c.screenY(p.siteY(site)));
        int w = (int) Math.round(p.siteWidth(site) * c.scale());
        int h = (int) Math.round(p.siteHeight(site) * c.scale());
        leader(b, p, c, site, x + w / 2, y + h / 2);
        DetailLevel level = scene.levels().of(site);
        if (level.compareTo(DetailLevel.SITE) < 0 || !onScreen(scene, x, y, w, h)) {
            return;
        }
        Surface s = b.surface();
        s.fill(x, y, w, h, b.palette().room());
        Freshness fresh =
                sum.whollyUnreachable() ? Freshness.UNREACHABLE : sum.whollyStale() ? Freshness.STALE : Freshness.FRESH;
        NodeGlyph.outline(b, fresh, x, y, w, h, b.palette().line());
        s.roundCorners(x, y, w, h, b.palette().ground());
        title(b, scene, site, sum, x, y, w, (int) (p.header() * c.scale()));
    }

    private static void title(Brush b, MapScene scene, int site, SiteTile.Sum sum, int x, int y, int w, int strip) {
        if (strip < TITLE_PX) {
            return;
        }
        MapTopology.Site place = scene.topology().site(site);
        GlyphAtlas.Face face =
                strip >= 26 ? GlyphAtlas.Face.HEAD : strip >= 17 ? GlyphAtlas.Face.TITLE : GlyphAtlas.Face.SMALL;
        GlyphAtlas.Face small = strip >= 26 ? GlyphAtlas.Face.PLAIN : GlyphAtlas.Face.SMALL;
        int baseline = y + strip / 2 + face.size() * 2 / 5 + (strip >= 17 ? 1 : 0);
        int inset = strip >= 17 ? 8 : 3;
        b.atlas()
                .writeWithin(
                        b.surface(),
                        face,
                        place.code(),
                        x + inset,
                        baseline,
                        w - 2 * inset,
                        b.palette().text());
        String word =
                sum.whollyUnreachable() ? b.words().unreachable() : b.words().tier(place.tier());
        double room = w - 2 * inset - b.atlas().width(face, place.code()) - 8;
        double tw = b.atlas().width(small, word);
        if (tw <= room) {
            int rgb = sum.whollyUnreachable() ? b.palette().text() : b.palette().dim();
            b.atlas().write(b.surface(), small, word, x + w - inset - tw, baseline, rgb);
        }
    }

    private static void leader(Brush b, Placement p, Camera c, int site, int cx, int cy) {
        float tx = p.trueX(site);
        if (Float.isNaN(tx)) {
            return;
        }
        float x = (float) c.screenX(tx);
        float y = (float) c.screenY(p.trueY(site));
        Lines.blended(b.surface(), x, y, cx, cy, b.palette().ink(), 150);
        b.strokes().disc(b.surface(), x, y, 2.5, b.palette().ink(), 1);
    }

    private static void region(Brush b, MapScene scene, int region) {
        Placement p = scene.placement();
        Camera c = scene.look().camera();
        int ix = (int) Math.round(c.screenX(p.ingressX(region)));
        int iy = (int) Math.round(c.screenY(p.ingressY(region)));
        int size = c.scale() < 0.5 ? 7 : 12;
        b.surface()
                .fill(
                        ix - size / 2,
                        iy - size / 3,
                        size,
                        size * 2 / 3,
                        b.palette().ink());
        b.surface()
                .roundCorners(
                        ix - size / 2,
                        iy - size / 3,
                        size,
                        size * 2 / 3,
                        b.palette().ground());
        String title = scene.topology().region(region).title();
        if (p.arrangement() == Arrangement.GEOGRAPHIC) {
            return;
        }
        int strip = (int) (p.header() * c.scale());
        int x = (int) Math.round(c.screenX(p.regionX(region)));
        double room = p.regionWidth(region) * c.scale() - size - 4;
        if (strip >= TITLE_PX) {
            GlyphAtlas.Face face = strip >= 20 ? GlyphAtlas.Face.HEAD : GlyphAtlas.Face.TITLE;
            b.atlas()
                    .writeWithin(
                            b.surface(),
                            face,
                            title,
                            x + 3,
                            iy + 5,
                            room,
                            b.palette().dim());
        }
    }

    static boolean onScreen(MapScene scene, int x, int y, int w, int h) {
        return x < scene.look().width() && y < scene.look().height() && x + w > 0 && y + h > 0;
    }
}
