package io.latticeconsole.app.view.map.layout;

import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.Arrays;

/// Finds the way of a flow between two anchors: down the gutters in the schematic arrangement, in an arc on the
/// globe, straight where nodes are freely placed. World units.
public final class LinkRouter {
    private static final int BEZIER_STEPS = 22;
    private static final int CORNER_STEPS = 5;

    private final MapTopology topology;
    private final Placement placement;

    public LinkRouter(MapTopology topology, Placement placement) {
        this.topology = topology;
        this.placement = placement;
    }

    /// The way as x, y pairs, at least two points.
    public float[] route(int from, int to) {
        return switch (placement.arrangement()) {
            case SCHEMATIC -> schematic(from, to);
            case GEOGRAPHIC -> arc(from, to);
            case FREE -> straight(from, to);
        };
    }

    private float[] straight(int from, int to) {
        return new float[] {
            (float) placement.centreX(topology, from),
            (float) placement.centreY(topology, from),
            (float) placement.centreX(topology, to),
            (float) placement.centreY(topology, to)
        };
    }

    private float[] arc(int from, int to) {
        double x0 = placement.centreX(topology, from);
        double y0 = placement.centreY(topology, from);
        double x1 = placement.centreX(topology, to);
        double y1 = placement.centreY(topology, to);
        double bend = 0.16;
        double cx = (x0 + x1) / 2 + (y1 - y0) * bend;
        double cy = (y0 + y1) / 2 - Math.abs(x1 - x0) * bend;
        Path path = new Path();
        path.cubic(x0, y0, (x0 + 2 * cx) / 3, (y0 + 2 * cy) / 3, (x1 + 2 * cx) / 3, (y1 + 2 * cy) / 3, x1, y1);
        return path.points();
    }

    private float[] schematic(int from, int to) {
        if (topology.isRegion(to)) {
            return topology.isRegion(from)
                    ? between(topology.indexOf(from), topology.indexOf(to))
                    : reversed(schematic(to, from));
        }
        int target = site(to);
        return topology.isRegion(from) ? fromIngress(topology.indexOf(from), target) : fromSite(site(from), target);
    }

    private int site(int anchor) {
        int index = topology.indexOf(anchor);
        return topology.isSite(anchor) ? index : topology.siteOf(index);
    }

    private float[] fromIngress(int region, int site) {
        double x0 = placement.ingressX(region);
        double y0 = placement.ingressY(region);
        double x1 = right(site);
        double y1 = middle(site);
        double gx = placement.gutterX(site);
        Path path = new Path();
        if (sameGutter(x0, gx)) {
            double drop = Math.min((y1 - y0) * 0.45, 60);
            path.cubic(x0, y0, gx, y0 + drop * 0.4, gx, y0 + drop * 0.6, gx, y0 + drop);
            intoRoom(path, gx, y0 + drop, x1, y1);
            return path.points();
        }
        double lane = lane(region);
        path.point(x0, y0);
        corner(path, x0, lane, gx > x0 ? 1 : -1, Math.abs(lane - y0));
        downFromLane(path, gx, lane, x0 < gx ? -1 : 1, x1, y1);
        return path.points();
    }

    private float[] fromSite(int from, int to) {
        double x0 = right(from);
        double y0 = middle(from);
        double x1 = right(to);
        double y1 = middle(to);
        double gx = placement.gutterX(to);
        Path path = new Path();
        if (sameGutter(placement.gutterX(from), gx)) {
            double out = Math.max(gx, placement.gutterX(from));
            path.cubic(x0, y0, out + (out - x0) * 0.9, y0, out + (out - x1) * 0.9, y1, x1, y1);
            return path.points();
        }
        double up = placement.gutterX(from);
        double lane = lane(topology.site(from).region());
        double r = radius();
        path.point(x0, y0);
        path.cubic(x0, y0, up, y0, up, y0, up, y0 - r);
        path.point(up, lane + r);
        path.cubic(up, lane + r, up, lane, up, lane, up + Math.copySign(r, gx - up), lane);
        downFromLane(path, gx, lane, up < gx ? -1 : 1, x1, y1);
        return path.points();
    }

    private float[] between(int from, int to) {
        double lane = (placement.laneY(from) + placement.laneY(to)) / 2;
        Path path = new Path();
        path.point(placement.ingressX(from), placement.ingressY(from));
        path.point(placement.ingressX(from), lane);
        path.point(placement.ingressX(to), lane);
        path.point(placement.ingressX(to), placement.ingressY(to));
        return path.points();
    }

    private double lane(int region) {
        double spread = placement.header() * 0.3;
        int ordinal = Math.floorMod(region, 5);
        return placement.laneY(region) - spread * ordinal / 5;
    }

    private double radius() {
        return placement.header() * 0.35;
    }

    private void corner(Path path, double x, double lane, int direction, double reach) {
        double r = Math.min(radius(), reach * 0.5);
        path.point(x, lane - r);
        path.cubic(x, lane - r, x, lane, x, lane, x + direction * r, lane);
    }

    private void downFromLane(Path path, double gx, double lane, int side, double x1, double y1) {
        double r = radius();
        path.point(gx + side * r, lane);
        path.cubic(gx + side * r, lane, gx, lane, gx, lane, gx, lane + r);
        intoRoom(path, gx, lane + r, x1, y1);
    }

    private void intoRoom(Path path, double gx, double y0, double x1, double y1) {
        double turn = Math.min(Math.abs(y1 - y0) * 0.5, placement.header() * 0.9);
        double bend = y1 - Math.copySign(turn, y1 - y0);
        path.point(gx, bend);
        path.cubic(gx, bend, gx, y1 - Math.copySign(turn * 0.3, y1 - y0), x1 + (gx - x1) * 0.4, y1, x1, y1);
    }

    private boolean sameGutter(double a, double b) {
        return Math.abs(a - b) < placement.header() * 2.2;
    }

    private double right(int site) {
        return placement.siteX(site) + placement.siteWidth(site);
    }

    private double middle(int site) {
        return placement.siteY(site) + placement.siteHeight(site) / 2;
    }

    private static float[] reversed(float[] way) {
        float[] back = new float[way.length];
        for (int i = 0; i < way.length; i += 2) {
            back[i] = way[way.length - 2 - i];
            back[i + 1] = way[way.length - 1 - i];
        }
        return back;
    }

    /// A growing polyline.
    private static final class Path {
        private float[] xy = new float[64];
        private int size;

        void point(double x, double y) {
            if (size > 1 && xy[size - 2] == (float) x && xy[size - 1] == (float) y) {
                return;
            }
            if (size == xy.length) {
                xy = Arrays.copyOf(xy, size * 2);
            }
            xy[size++] = (float) x;
            xy[size++] = (float) y;
        }

        void cubic(double x0, double y0, double x1, double y1, double x2, double y2, double x3, double y3) {
            double length = Math.hypot(x1 - x0, y1 - y0) + Math.hypot(x2 - x1, y2 - y1) + Math.hypot(x3 - x2, y3 - y2);
            int steps = length < 40 ? CORNER_STEPS : BEZIER_STEPS;
            for (int i = 0; i <= steps; i++) {
                double t = (double) i / steps;
                double u = 1 - t;
                double a = u * u * u;
                double b = 3 * u * u * t;
                double c = 3 * u * t * t;
                double d = t * t * t;
                point(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3);
            }
        }

        float[] points() {
            if (size == 2) {
                // Both ends in one place still are a way.
                xy[size++] = xy[0];
                xy[size++] = xy[1];
            }
            return Arrays.copyOf(xy, size);
        }
    }
}
