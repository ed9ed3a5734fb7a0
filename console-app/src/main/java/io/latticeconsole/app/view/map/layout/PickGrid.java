package io.latticeconsole.app.view.map.layout;

import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// Finds what lies under a point of the world: the topmost node, else the site, else the region. Built once for a
/// placement.
public final class PickGrid {
    /// Nothing is there.
    public static final int NOTHING = -1;

    private static final int MAX_CELLS = 1 << 18;

    private final MapTopology topology;
    private final Placement placement;
    private final double cell;
    private final double left;
    private final double top;
    private final int columns;
    private final int rows;
    private final int[] start;
    private final int[] anchors;

    public PickGrid(MapTopology topology, Placement placement) {
        this.topology = topology;
        this.placement = placement;
        double[] box = bounds();
        left = box[0];
        top = box[1];
        double w = Math.max(1, box[2] - left);
        double h = Math.max(1, box[3] - top);
        cell = Math.max(40, Math.sqrt(w * h / MAX_CELLS));
        columns = (int) (w / cell) + 1;
        rows = (int) (h / cell) + 1;
        start = new int[columns * rows + 1];
        for (int a = 0; a < topology.anchorCount(); a++) {
            visit(a, i -> start[i + 1]++);
        }
        for (int i = 0; i < start.length - 1; i++) {
            start[i + 1] += start[i];
        }
        anchors = new int[start[start.length - 1]];
        int[] next = Arrays.copyOf(start, start.length);
        for (int a = 0; a < topology.anchorCount(); a++) {
            int anchor = a;
            visit(a, i -> anchors[next[i]++] = anchor);
        }
    }

    /// The anchor under a point of the world, or [#NOTHING].
    public int pick(double x, double y) {
        if (x < left || y < top || x >= left + columns * cell || y >= top + rows * cell) {
            return NOTHING;
        }
        int row = (int) ((y - top) / cell);
        int column = (int) ((x - left) / cell);
        int i = row * columns + column;
        for (int k = start[i + 1] - 1; k >= start[i]; k--) {
            if (covers(topology, placement, anchors[k], x, y)) {
                return anchors[k];
            }
        }
        return NOTHING;
    }

    /// Whether the object at an anchor covers a point of the world.
    public static boolean covers(MapTopology topology, Placement placement, int anchor, double x, double y) {
        double[] b = box(topology, placement, anchor);
        return x >= b[0] && y >= b[1] && x < b[0] + b[2] && y < b[1] + b[3];
    }

    /// Left, top, width and height of the object at an anchor; of a region, its title strip.
    public static double[] box(MapTopology topology, Placement placement, int anchor) {
        int i = topology.indexOf(anchor);
        if (topology.isRegion(anchor)) {
            boolean columns = placement.arrangement() == Arrangement.SCHEMATIC;
            double h = columns ? placement.header() * 1.2 : placement.regionHeight(i);
            return new double[] {placement.regionX(i), placement.regionY(i), placement.regionWidth(i), h};
        }
        if (topology.isSite(anchor)) {
            return new double[] {placement.siteX(i), placement.siteY(i), placement.siteWidth(i), placement.siteHeight(i)
            };
        }
        int s = topology.siteOf(i);
        return new double[] {placement.nodeX(i), placement.nodeY(i), placement.tileWidth(s), placement.tileHeight(s)};
    }

    private double[] bounds() {
        double[] all = {0, 0, placement.width(), placement.height()};
        for (int a = 0; a < topology.anchorCount(); a++) {
            double[] b = box(topology, placement, a);
            all[0] = Math.min(all[0], b[0]);
            all[1] = Math.min(all[1], b[1]);
            all[2] = Math.max(all[2], b[0] + b[2]);
            all[3] = Math.max(all[3], b[1] + b[3]);
        }
        return all;
    }

    private void visit(int anchor, IntConsumer action) {
        double[] b = box(topology, placement, anchor);
        int x1 = Math.clamp((int) ((b[0] + b[2] - left) / cell), 0, columns - 1);
        int y1 = Math.clamp((int) ((b[1] + b[3] - top) / cell), 0, rows - 1);
        for (int y = (int) ((b[1] - top) / cell); y <= y1; y++) {
            for (int x = (int) ((b[0] - left) / cell); x <= x1; x++) {
                action.accept(y * columns + x);
            }
        }
    }
}
