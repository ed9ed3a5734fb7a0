package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.scene.Comet;
import io.latticeconsole.app.view.map.scene.DeadBand;
import java.util.Comparator;
import java.util.List;

/// Load on its way from what lost it to what took it. What it says of itself lies over every other comet's way, the
/// largest first: a label that would cover another is left out.
final class Comets {
    private static final double HEAD_SECONDS = 1.6;
    private static final Comparator<Comet> LARGEST_FIRST =
            Comparator.comparingDouble(c -> -Math.abs(c.deltaPerSecond()));

    private Comets() {}

    /// Draws them all and notes in `touched` where.
    static void draw(Brush b, MapScene scene, DirtyCells touched) {
        List<Comet> flying =
                scene.frame().comets().stream().filter(c -> flies(scene, c)).toList();
        for (Comet comet : flying) {
            way(b, scene, comet, touched);
        }
        CometLabels labels = new CometLabels(b, scene, touched);
        flying.stream()
                .filter(c -> c.deltaPerSecond() >= 0)
                .sorted(LARGEST_FIRST)
                .forEach(c -> labels.draw(c, path(scene, c), fade(scene, c)));
    }

    /// Whether some comet is still under way.
    static boolean moving(MapScene scene) {
        return scene.frame().comets().stream().anyMatch(c -> age(scene, c) < Comet.LIFE_SECONDS);
    }

    private static boolean flies(MapScene scene, Comet comet) {
        int last = scene.topology().anchorCount();
        return age(scene, comet) < Comet.LIFE_SECONDS
                && comet.from() < last
                && comet.to() < last
                && comet.from() != comet.to();
    }

    private static double age(MapScene scene, Comet comet) {
        return comet.ageSeconds() + scene.sinceFrame();
    }

    private static double fade(MapScene scene, Comet comet) {
        return Math.clamp((Comet.LIFE_SECONDS - age(scene, comet)) / 2, 0, 1);
    }

    private static float[] path(MapScene scene, Comet comet) {
        return scene.routes().between(comet.from(), comet.to(), scene.look().camera());
    }

    private static void way(Brush b, MapScene scene, Comet comet, DirtyCells touched) {
        float[] way = path(scene, comet);
        double fade = fade(scene, comet);
        double thick = Math.max(2, DeadBand.width(Math.abs(comet.deltaPerSecond())) * 0.8);
        int rgb = b.palette().comet();
        if (comet.deltaPerSecond() < 0) {
            b.strokes().dotted(b.surface(), way, 7, 3, rgb, 0.7 * fade);
        } else {
            b.strokes().tapered(b.surface(), way, thick, Math.max(1.5, thick * 0.6), rgb, 0.6 * fade);
            heads(b, way, age(scene, comet), thick, fade);
        }
        touch(way, (int) thick + 5, touched);
    }

    private static void heads(Brush b, float[] way, double age, double thick, double fade) {
        double length = Strokes.length(way);
        for (int i = 0; i < 3; i++) {
            double phase = age / HEAD_SECONDS - i / 3.0;
            double head = phase > 0 ? (phase - Math.floor(phase)) * length : 0;
            if (head > 0) {
                float[] tail = Strokes.part(way, Math.max(0, head - 34), head);
                b.strokes()
                        .tapered(b.surface(), tail, 1, thick + 2.5, b.palette().comet(), fade);
            }
        }
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
