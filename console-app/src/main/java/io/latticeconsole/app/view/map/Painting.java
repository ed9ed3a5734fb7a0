package io.latticeconsole.app.view.map;

import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.view.map.raster.GlyphAtlas;
import io.latticeconsole.app.view.map.raster.MapPalette;
import io.latticeconsole.app.view.map.raster.MapScene;
import io.latticeconsole.app.view.map.raster.MapWords;
import io.latticeconsole.app.view.map.scene.Comet;
import io.latticeconsole.app.view.map.scene.MapFrame;
import java.util.Set;
import java.util.concurrent.Executor;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.text.Font;

/// Keeps the picture up with what is to be shown: makes scenes, sends the newest to the raster lane, shows what comes
/// back. FX thread
/// only.
///
/// Pulses are asked for only while a picture is under way or something moves by itself.
final class Painting {
    /// The camera counts as moving until it has rested for so long, ns.
    private static final long REST = 90_000_000;
    /// Comets move in steps of at least so long, ns: smooth to the eye, and between them the lane is free for what is
    /// new.
    private static final long COMET_STEP = 30_000_000;
    private static final double MAX_TEXT_SCALE = 1.35;
    private static final double BASE_FONT = 13;

    private final TopologyMap map;
    private final Viewport viewport;
    private final RasterLane lane;
    private final MapWords words;
    private final PixelScreen screen = new PixelScreen();
    private final Pulse pulse = new Pulse();
    private final ReadOnlyObjectWrapper<MapFrame> drawnFrame;
    private MapPalette palette = MapPalette.NIGHT;
    private boolean restyled;
    private GlyphAtlas atlas = GlyphAtlas.EMPTY;
    private Set<Character> alphabet = Set.of();
    private Font font = Font.getDefault();
    private boolean recut = true;
    private double scale = 1;
    private int pixelWidth;
    private int pixelHeight;
    private boolean wanted;
    private boolean drift;
    private long picturesShown;
    private long movedAt;
    private boolean moving;
    private long frameAt = System.nanoTime();
    private long submittedAt = System.nanoTime();
    private MapScene.Style style;

    Painting(TopologyMap map, Viewport viewport, Executor raster, MapWords words) {
        this.map = map;
        this.viewport = viewport;
        this.lane = new RasterLane(raster);
        this.words = words;
        this.style = new MapScene.Style(palette, atlas, words);
        this.drawnFrame = new ReadOnlyObjectWrapper<>(map.frame());
    }

    private final class Pulse extends AnimationTimer {
        @Override
        public void handle(long now) {
            step();
        }
    }

    Node view() {
        return screen.view();
    }

    /// Pixels per unit of the scene.
    double scale() {
        return scale;
    }

    ReadOnlyObjectProperty<MapFrame> drawnFrameProperty() {
        return drawnFrame.getReadOnlyProperty();
    }

    boolean drift() {
        return drift;
    }

    void setDrift(boolean on) {
        drift = on;
        request();
    }

    long picturesShown() {
        return picturesShown;
    }

    void restyle() {
        restyled = true;
        request();
    }

    void recut() {
        if (!alphabet.containsAll(LetterCutter.alphabet(viewport.topology()))) {
            recut = true;
        }
    }

    void font(Font next) {
        font = next;
        recut = true;
        viewport.letters(textScale());
        request();
    }

    private double textScale() {
        return Math.clamp(font.getSize() / BASE_FONT, 1, MAX_TEXT_SCALE);
    }

    void arrived(MapFrame frame) {
        frameAt = System.nanoTime();
        if (!frame.comets().isEmpty()) {
            pulse.start();
        }
    }

    void moved() {
        movedAt = System.nanoTime();
        moving = !viewport.routes().styled();
        request();
    }

    String describe(int anchor, MapFrame frame) {
        return ObjectText.describe(viewport.topology(), frame, anchor, words);
    }

    void resize(double width, double height) {
        scale = map.getScene() == null || map.getScene().getWindow() == null
                ? 1
                : Math.max(1, map.getScene().getWindow().getOutputScaleX());
        int w = (int) Math.round(width * scale);
        int h = (int) Math.round(height * scale);
        if (w != pixelWidth || h != pixelHeight) {
            pixelWidth = w;
            pixelHeight = h;
            viewport.resize(w, h);
            request();
        }
    }

    /// Asks for a new picture; starts drawing at once when the lane is free.
    void request() {
        wanted = true;
        pulse.start();
        fetch();
        if (!lane.busy()) {
            submit();
        }
    }

    private void fetch() {
        lane.fetch().ifPresent(drawn -> {
            drawn.picture().ifPresent(picture -> {
                screen.show(picture, scale);
                picturesShown++;
            });
            drawnFrame.set(drawn.scene().frame());
        });
    }

    private void step() {
        fetch();
        if (moving && System.nanoTime() - movedAt > REST) {
            moving = false;
            wanted = true;
        }
        if (wanted || due()) {
            // Behind this pulse's wait for the renderer, so that no buffer it still reads is drawn into.
            Fx.executor().execute(this::next);
        }
        if (!lane.busy() && !wanted && !moving && !drifting() && !cometsFly()) {
            pulse.stop();
        }
    }

    private void next() {
        if (!lane.busy() && (wanted || due())) {
            submit();
        }
    }

    /// Whether what moves by itself is to be drawn anew.
    private boolean due() {
        return drifting() || (cometsFly() && System.nanoTime() - submittedAt >= COMET_STEP);
    }

    private boolean drifting() {
        return drift && viewport.topology().linkCount() > 0;
    }

    private boolean cometsFly() {
        double since = (System.nanoTime() - frameAt) / 1e9;
        return map.frame().comets().stream().anyMatch(c -> c.ageSeconds() + since < Comet.LIFE_SECONDS + 0.2);
    }

    private void submit() {
        if (pixelWidth < 2 || pixelHeight < 2) {
            return;
        }
        wanted = false;
        submittedAt = System.nanoTime();
        MapScene.Look look = new MapScene.Look(viewport.camera(), pixelWidth, pixelHeight, moving);
        MapScene.Clock clock = new MapScene.Clock(System.nanoTime(), frameAt, drift);
        lane.submit(new MapScene(
                viewport.topology(),
                map.frame(),
                viewport.placement(),
                viewport.projection().orElse(null),
                viewport.routes(),
                viewport.levels(),
                look,
                style(),
                map.focusNow(),
                clock));
    }

    private MapScene.Style style() {
        if (recut && map.getScene() != null) {
            alphabet = LetterCutter.alphabet(viewport.topology());
            atlas = LetterCutter.cut(font.getFamily(), scale * textScale(), alphabet);
        }
        if (restyled) {
            palette = map.colours().palette();
        }
        if (restyled || recut) {
            style = new MapScene.Style(palette, atlas, words);
            recut = recut && map.getScene() == null;
            restyled = false;
        }
        return style;
    }
}
