package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.scene.Freshness;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;

/// A collapsed site: how many nodes, how many in which state, and the worst deviation of each mark.
final class SiteTile {
    private final MapTopology topology;

    SiteTile(MapTopology topology) {
        this.topology = topology;
    }

    /// What a site amounts to.
    ///
    /// @param priority most urgent alarm, 0 when none
    /// @param alarms nodes in alarm
    @SuppressWarnings("ArrayRecordComponent") // four floats made for one picture and read in place
    record Sum(
            int nodes,
            int down,
            int suspect,
            int unreachable,
            int stale,
            int away,
            int priority,
            int alarms,
            float[] worst) {
        long signature() {
            long sum = nodes;
            for (int part : new int[] {down, suspect, unreachable, stale, away, priority, alarms}) {
                sum = sum * 1009 + part;
            }
            for (float d : worst) {
                sum = sum * 257 + (Float.isNaN(d) ? 255 : Math.round(Math.clamp(d, -1.5f, 2.5f) * 40));
            }
            return sum;
        }

        boolean whollyUnreachable() {
            return nodes > 0 && unreachable == nodes;
        }

        boolean whollyStale() {
            return nodes > 0 && unreachable + stale == nodes;
        }
    }

    Sum sum(MapFrame frame, int site) {
        int down = 0;
        int suspect = 0;
        int unreachable = 0;
        int stale = 0;
        int away = 0;
        int priority = 0;
        int alarms = 0;
        int n = topology.nodesAt(site);
        float[] worst = {Float.NaN, Float.NaN, Float.NaN, Float.NaN};
        for (int i = 0; i < n; i++) {
            int node = topology.nodeAt(site, i);
            down += frame.health(node) == Health.DOWN ? 1 : 0;
            suspect += frame.health(node) == Health.SUSPECT ? 1 : 0;
            unreachable += frame.freshness(node) == Freshness.UNREACHABLE ? 1 : 0;
            stale += frame.freshness(node) == Freshness.STALE ? 1 : 0;
            away += frame.admin(node) != AdminState.SERVING ? 1 : 0;
            int p = frame.priority(node);
            alarms += p > 0 ? 1 : 0;
            priority = p > 0 && (priority == 0 || p < priority) ? p : priority;
            for (int m = 0; m < Mark.COUNT; m++) {
                worst[m] = worse(worst[m], frame.deviation(node, m));
            }
        }
        return new Sum(n, down, suspect, unreachable, stale, away, priority, alarms, worst);
    }

    private static float worse(float a, float b) {
        if (Float.isNaN(a) || Float.isNaN(b)) {
            return Float.isNaN(a) ? b : a;
        }
        return Math.abs(b - 0.5f) > Math.abs(a - 0.5f) ? b : a;
    }

    /// One mark for a site seen from afar.
    static void drawMark(Brush b, Sum sum, int x, int y, int w, int h) {
        MapPalette p = b.palette();
        int size = Math.clamp(Math.min(w, h), 3, 8);
        int cx = x + w / 2;
        int cy = y + h / 2;
        if (sum.whollyUnreachable()) {
            b.surface().dashedOutline(cx - size / 2, cy - size / 2, size, size, 1, 1, p.text());
        } else {
            b.surface().fill(cx - size / 2, cy - size / 2, size, size, p.ink());
        }
    }

    /// The tile in a pixel rectangle.
    void draw(Brush b, Sum sum, int site, int x, int y, int w, int h) {
        MapPalette p = b.palette();
        Surface s = b.surface();
        s.fill(x, y, w, h, p.tile());
        Freshness fresh =
                sum.whollyUnreachable() ? Freshness.UNREACHABLE : sum.whollyStale() ? Freshness.STALE : Freshness.FRESH;
        NodeGlyph.outline(b, fresh, x, y, w, h, p.lineStrong());
        s.roundCorners(x, y, w, h, p.ground());
        boolean large = w >= 110 && h >= 56;
        boolean titled = w >= 40 && h >= 30;
        int inset = large ? 8 : 3;
        int top = large ? y + 24 : titled ? y + 13 : y + 2;
        if (titled) {
            GlyphAtlas.Face face = large ? GlyphAtlas.Face.TITLE : GlyphAtlas.Face.SMALL;
            int baseline = large ? y + 16 : y + 11;
            b.atlas()
                    .writeWithin(s, face, topology.site(site).code(), x + inset + 1, baseline, w - 2 * inset, p.text());
        }
        boolean counted = w >= 34;
        int bars = counted ? Math.min(w * 11 / 20, 56) : w - 4;
        int height = Math.min(y + h - top - 4, 48);
        bars(b, sum, x + inset, top + 1, bars, height);
        if (counted) {
            counts(b, sum, x + inset + bars + 6, top, x + w - 3, y + h);
        }
    }

    private static void bars(Brush b, Sum sum, int x, int y, int w, int h) {
        MapPalette p = b.palette();
        int gap = w >= 18 ? 2 : 1;
        int bar = Math.max(1, (w - 3 * gap) / 4);
        for (int m = 0; m < Mark.COUNT; m++) {
            int bx = x + m * (bar + gap);
            b.surface().fill(bx, y + h / 3, bar, Math.max(1, h - 2 * (h / 3)), p.band());
            float d = sum.worst[m];
            if (!Float.isNaN(d)) {
                boolean out = d < 0 || d > 1;
                int at = y + Math.round((1 - Math.clamp((1 + d) / 3, 0f, 1f)) * (h - 2));
                b.surface().fill(bx, at, bar, h >= 12 ? 2 : 1, out ? p.priority(sum.priority) : p.text());
            }
        }
    }

    private static void counts(Brush b, Sum sum, int x, int top, int right, int bottom) {
        MapPalette p = b.palette();
        GlyphAtlas.Face face = GlyphAtlas.Face.SMALL;
        int y = top + 9;
        b.atlas().write(b.surface(), face, Integer.toString(sum.nodes), x, y, p.text());
        int[] parts = {sum.down, sum.suspect, sum.away, sum.unreachable};
        for (int kind = 0; kind < parts.length; kind++) {
            if (parts[kind] == 0) {
                continue;
            }
            y += 10;
            if (y > bottom - 1) {
                return;
            }
            icon(b, kind, x, y - 7);
            b.atlas().writeWithin(b.surface(), face, Integer.toString(parts[kind]), x + 9, y, right - x - 8, p.text());
        }
    }

    /// The same signs as on node tiles: cross, one stroke, hollow, dotted.
    private static void icon(Brush b, int kind, int x, int y) {
        MapPalette p = b.palette();
        switch (kind) {
            case 0 -> {
                b.strokes().line(b.surface(), x, y, x + 6, y + 6, 1.4, p.p1(), 1);
                b.strokes().line(b.surface(), x + 6, y, x, y + 6, 1.4, p.p1(), 1);
            }
            case 1 -> b.strokes().line(b.surface(), x, y + 6, x + 6, y, 1.4, p.text(), 1);
            case 2 -> b.surface().outline(x, y, 7, 7, p.ink());
            default -> b.surface().dashedOutline(x, y, 7, 7, 1, 1, p.text());
        }
    }
}
