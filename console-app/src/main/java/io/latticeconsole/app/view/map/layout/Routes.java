package io.latticeconsole.app.view.map.layout;

import io.latticeconsole.app.view.map.scene.MapTopology;

/// The ways of all links of a topology in one placement. Immutable.
///
/// Beyond [#MAX_STYLED] links they are drawn straight, without a way of their own.
public final class Routes {
    /// So many links still get curves, widths and ticks.
    public static final int MAX_STYLED = 2_500;

    private final LinkRouter router;
    private final boolean styled;
    private final float[][] ways;

    public Routes(MapTopology topology, Placement placement) {
        router = new LinkRouter(topology, placement);
        styled = topology.linkCount() <= MAX_STYLED && placement.arrangement() != Arrangement.FREE;
        ways = new float[topology.linkCount()][];
        LinkRouter straight = router;
        for (int l = 0; l < ways.length; l++) {
            ways[l] = straight.route(topology.linkFrom(l), topology.linkTo(l));
        }
    }

    public boolean styled() {
        return styled;
    }

    public int count() {
        return ways.length;
    }

    /// World x of a link's point; points run from 0 to [#points].
    public float x(int link, int point) {
        return ways[link][2 * point];
    }

    public float y(int link, int point) {
        return ways[link][2 * point + 1];
    }

    public int points(int link) {
        return ways[link].length / 2;
    }

    /// A link's way in pixels of a camera.
    public float[] onScreen(int link, Camera camera) {
        return onScreen(ways[link], camera);
    }

    /// The way between any two anchors in pixels of a camera.
    public float[] between(int from, int to, Camera camera) {
        return onScreen(router.route(from, to), camera);
    }

    private static float[] onScreen(float[] way, Camera camera) {
        float[] px = new float[way.length];
        for (int i = 0; i < way.length; i += 2) {
            px[i] = (float) camera.screenX(way[i]);
            px[i + 1] = (float) camera.screenY(way[i + 1]);
        }
        return px;
    }
}
