package io.latticeconsole.app.view.map.layout;

import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.Arrays;

/// Where every object of a topology is, in world units; positions are data and do not change with values. Immutable
/// once arranged.
///
/// Rectangles are left, top, width, height. Nodes of one site share one tile size.
public final class Placement {
    private static final int BOX = 4;

    private final Arrangement arrangement;
    private final float[] region;
    private final float[] ingress;
    private final float[] site;
    private final float[] tile;
    private final float[] gutter;
    private final float[] lane;
    private final float[] trueSpot;
    private final float[] node;
    private final double width;
    private final double height;
    private final double header;

    private Placement(Draft d) {
        arrangement = d.arrangement;
        region = d.region;
        ingress = d.ingress;
        site = d.site;
        tile = d.tile;
        gutter = d.gutter;
        lane = d.lane;
        trueSpot = d.trueSpot;
        node = d.node;
        width = d.width;
        height = d.height;
        header = d.header;
    }

    public Arrangement arrangement() {
        return arrangement;
    }

    public double width() {
        return width;
    }

    public double height() {
        return height;
    }

    /// Height of the strip with a room's or a region's title.
    public double header() {
        return header;
    }

    public float regionX(int r) {
        return region[r * BOX];
    }

    public float regionY(int r) {
        return region[r * BOX + 1];
    }

    public float regionWidth(int r) {
        return region[r * BOX + 2];
    }

    public float regionHeight(int r) {
        return region[r * BOX + 3];
    }

    /// Where a region's requests enter.
    public float ingressX(int r) {
        return ingress[r * 2];
    }

    public float ingressY(int r) {
        return ingress[r * 2 + 1];
    }

    public float siteX(int s) {
        return site[s * BOX];
    }

    public float siteY(int s) {
        return site[s * BOX + 1];
    }

    public float siteWidth(int s) {
        return site[s * BOX + 2];
    }

    public float siteHeight(int s) {
        return site[s * BOX + 3];
    }

    public float tileWidth(int s) {
        return tile[s * 2];
    }

    public float tileHeight(int s) {
        return tile[s * 2 + 1];
    }

    /// Middle of the lane in the gutter that serves a site; only in the schematic arrangement.
    public float gutterX(int s) {
        return gutter[s];
    }

    /// Height at which flows between columns run; only in the schematic arrangement.
    public float laneY(int r) {
        return lane[r];
    }

    /// Where a site really is when it had to be moved aside; `NaN` otherwise.
    public float trueX(int s) {
        return trueSpot[s * 2];
    }

    public float trueY(int s) {
        return trueSpot[s * 2 + 1];
    }

    public float nodeX(int n) {
        return node[n * 2];
    }

    public float nodeY(int n) {
        return node[n * 2 + 1];
    }

    /// Middle of the object at an anchor; of a region, its ingress.
    public double centreX(MapTopology topology, int anchor) {
        int i = topology.indexOf(anchor);
        return topology.isRegion(anchor)
                ? ingressX(i)
                : topology.isSite(anchor) ? siteX(i) + siteWidth(i) / 2 : nodeX(i) + tileWidth(topology.siteOf(i)) / 2;
    }

    /// Middle of the object at an anchor; of a region, its ingress.
    public double centreY(MapTopology topology, int anchor) {
        int i = topology.indexOf(anchor);
        return topology.isRegion(anchor)
                ? ingressY(i)
                : topology.isSite(anchor)
                        ? siteY(i) + siteHeight(i) / 2
                        : nodeY(i) + tileHeight(topology.siteOf(i)) / 2;
    }

    /// A placement being arranged. Not thread-safe; spent after [#done].
    public static final class Draft {
        private final Arrangement arrangement;
        private final float[] region;
        private final float[] ingress;
        private final float[] site;
        private final float[] tile;
        private final float[] gutter;
        private final float[] lane;
        private final float[] trueSpot;
        private final float[] node;
        private double width;
        private double height;
        private double header;

        public Draft(MapTopology topology, Arrangement arrangement) {
            this.arrangement = arrangement;
            region = new float[topology.regionCount() * BOX];
            ingress = new float[topology.regionCount() * 2];
            lane = new float[topology.regionCount()];
            site = new float[topology.siteCount() * BOX];
            tile = new float[topology.siteCount() * 2];
            gutter = new float[topology.siteCount()];
            trueSpot = new float[topology.siteCount() * 2];
            Arrays.fill(trueSpot, Float.NaN);
            node = new float[topology.nodeCount() * 2];
        }

        public void region(int r, double x, double y, double w, double h) {
            box(region, r, x, y, w, h);
        }

        public void ingress(int r, double x, double y, double laneY) {
            ingress[r * 2] = (float) x;
            ingress[r * 2 + 1] = (float) y;
            lane[r] = (float) laneY;
        }

        public void site(int s, double x, double y, double w, double h) {
            box(site, s, x, y, w, h);
        }

        public void tile(int s, double w, double h) {
            tile[s * 2] = (float) w;
            tile[s * 2 + 1] = (float) h;
        }

        public void gutter(int s, double x) {
            gutter[s] = (float) x;
        }

        public void trueSpot(int s, double x, double y) {
            trueSpot[s * 2] = (float) x;
            trueSpot[s * 2 + 1] = (float) y;
        }

        public void node(int n, double x, double y) {
            node[n * 2] = (float) x;
            node[n * 2 + 1] = (float) y;
        }

        public Placement done(double totalWidth, double totalHeight, double headerHeight) {
            width = totalWidth;
            height = totalHeight;
            header = headerHeight;
            return new Placement(this);
        }

        private static void box(float[] boxes, int i, double x, double y, double w, double h) {
            boxes[i * BOX] = (float) x;
            boxes[i * BOX + 1] = (float) y;
            boxes[i * BOX + 2] = (float) w;
            boxes[i * BOX + 3] = (float) h;
        }
    }
}
