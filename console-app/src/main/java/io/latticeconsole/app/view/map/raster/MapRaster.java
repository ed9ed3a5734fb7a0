package io.latticeconsole.app.view.map.raster;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Draws scenes layer by layer into rotating buffers, each layer only when something in it changed. For one thread at a
/// time.
///
/// Base (ground, links, rooms), body (base and nodes) and the buffers (body and what lies over it) all have the
/// picture's size. There
/// are three: one that the renderer reads, one that waits to be shown, one that is drawn.
public final class MapRaster {
    private static final int BUFFERS = 3;

    private final BaseLayer baseLayer = new BaseLayer();
    private final BodyLayer bodyLayer = new BodyLayer();
    private final OverlayLayer overlay = new OverlayLayer();
    private final Strokes strokes = new Strokes();

    private MarkSprites marks = new MarkSprites(strokes, GlyphAtlas.EMPTY);
    private Surface base = new Surface(1, 1);
    private Surface body = new Surface(1, 1);
    private Buffer[] buffers = new Buffer[0];
    private int next;
    private SiteTile.Sum[] sums = new SiteTile.Sum[0];
    private long baseSeen;
    private @Nullable MapScene last;
    private long basesDrawn;

    /// A finished picture.
    ///
    /// @param pixels the live pixels of one buffer; valid until two more pictures were drawn
    /// @param x, y, width, height what changed in this buffer since it was last handed out
    /// @param buffer which of the rotating buffers this is
    public record Picture(Surface pixels, int buffer, int x, int y, int width, int height) {}

    /// One rotating buffer and what is out of date in it.
    private static final class Buffer {
        final Surface surface;
        final DirtyCells stale;
        final DirtyCells over;
        final DriftLayer drift = new DriftLayer();
        boolean wasDrifting;

        Buffer(int width, int height) {
            surface = new Surface(width, height);
            stale = new DirtyCells(width, height);
            over = new DirtyCells(width, height);
            stale.all();
        }
    }

    /// Draws a scene; empty when the last picture still shows it.
    public Optional<Picture> draw(MapScene scene) {
        MapScene before = last;
        resize(scene);
        boolean newFrame = before == null || before.frame() != scene.frame() || before.topology() != scene.topology();
        SiteTile tile = new SiteTile(scene.topology());
        if (newFrame) {
            sum(scene, tile);
        }
        if (scene.look().moving()) {
            last = scene;
            return Optional.of(drawMoving(scene, tile));
        }
        DirtyCells dirty = new DirtyCells(scene.look().width(), scene.look().height());
        long signature = newFrame ? BaseLayer.signature(scene, sums) : baseSeen;
        boolean newBase = before == null || !sameBase(before, scene) || signature != baseSeen;
        if (newBase) {
            drawBase(scene, signature, dirty);
        }
        if (newBase || newFrame) {
            bodyLayer.update(brush(body, scene), scene, tile, sums, base, newBase, dirty);
        }
        last = scene;
        if (before != null && dirty.isEmpty() && !(newFrame && overlayDiffers(before, scene)) && still(before, scene)) {
            return Optional.empty();
        }
        for (Buffer buffer : buffers) {
            buffer.stale.addAll(dirty);
        }
        return Optional.of(compose(scene));
    }

    /// A picture on the way: drawn straight into its buffer, layers and marks of drift left out; the first scene at
    /// rest redraws all.
    private Picture drawMoving(MapScene scene, SiteTile tile) {
        Buffer b = take();
        Brush brush = brush(b.surface, scene);
        baseLayer.draw(brush, scene, sums);
        bodyLayer.invalidate(scene.topology());
        bodyLayer.update(brush, scene, tile, sums, base, true, b.over);
        overlay.draw(brush, scene, sums, b.over);
        baseSeen = 0;
        b.drift.forget();
        for (Buffer buffer : buffers) {
            buffer.stale.all();
        }
        return new Picture(b.surface, indexOf(b), 0, 0, base.width, base.height);
    }

    private Buffer take() {
        Buffer b = buffers[next];
        next = (next + 1) % BUFFERS;
        return b;
    }

    private int indexOf(Buffer b) {
        return List.of(buffers).indexOf(b);
    }

    /// Forgets what was drawn, so that the next scene is drawn from nothing.
    public void reset() {
        buffers = new Buffer[0];
    }

    /// How often the base layer was drawn since the start.
    long basesDrawn() {
        return basesDrawn;
    }

    private void resize(MapScene scene) {
        int w = scene.look().width();
        int h = scene.look().height();
        if (base.width != w || base.height != h || buffers.length == 0) {
            base = new Surface(w, h);
            body = new Surface(w, h);
            buffers = new Buffer[BUFFERS];
            for (int i = 0; i < BUFFERS; i++) {
                buffers[i] = new Buffer(w, h);
            }
            last = null;
        }
        if (!marks.drawnWith(scene.style().atlas())) {
            marks = new MarkSprites(strokes, scene.style().atlas());
        }
    }

    private Brush brush(Surface surface, MapScene scene) {
        MapScene.Style style = scene.style();
        return new Brush(surface, strokes, marks, style.palette(), style.atlas(), style.words());
    }

    private void sum(MapScene scene, SiteTile tile) {
        if (sums.length != scene.topology().siteCount()) {
            sums = new SiteTile.Sum[scene.topology().siteCount()];
        }
        for (int s = 0; s < sums.length; s++) {
            sums[s] = tile.sum(scene.frame(), s);
        }
    }

    private static boolean sameBase(MapScene a, MapScene b) {
        return a.placement() == b.placement()
                && a.routes() == b.routes()
                && a.levels() == b.levels()
                && a.topology() == b.topology()
                && a.look().equals(b.look())
                && a.style().equals(b.style());
    }

    private void drawBase(MapScene scene, long signature, DirtyCells dirty) {
        baseLayer.draw(brush(base, scene), scene, sums);
        baseSeen = signature;
        basesDrawn++;
        bodyLayer.invalidate(scene.topology());
        body.copy(base, 0, 0, base.width, base.height);
        dirty.all();
    }

    private static boolean still(MapScene before, MapScene scene) {
        return before.focus().equals(scene.focus()) && !animated(before) && !animated(scene);
    }

    private static boolean animated(MapScene scene) {
        return scene.clock().drift() || Comets.moving(scene);
    }

    private static boolean overlayDiffers(@Nullable MapScene before, MapScene scene) {
        if (before == null || before.topology() != scene.topology()) {
            return true;
        }
        for (int n = 0; n < scene.topology().nodeCount(); n++) {
            if (before.frame().priority(n) != scene.frame().priority(n)) {
                return true;
            }
        }
        return !before.frame().comets().isEmpty() || !scene.frame().comets().isEmpty();
    }

    private Picture compose(MapScene scene) {
        Buffer b = take();
        b.drift.wipe(b.surface, body);
        boolean drifted = scene.clock().drift();
        b.stale.addAll(b.over);
        b.stale.restore(b.surface, body);
        if (drifted) {
            b.drift.draw(b.surface, base, body, scene);
        }
        b.over.clear();
        overlay.draw(brush(b.surface, scene), scene, sums, b.over);
        DirtyCells changed = b.stale;
        changed.addAll(b.over);
        if (drifted || b.wasDrifting) {
            changed.all();
        }
        b.wasDrifting = drifted;
        int[] r = changed.bounds(base.width, base.height);
        changed.clear();
        return new Picture(b.surface, indexOf(b), r[0], r[1], r[2], r[3]);
    }
}
