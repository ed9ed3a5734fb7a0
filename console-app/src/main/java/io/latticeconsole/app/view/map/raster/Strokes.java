package io.latticeconsole.app.view.map.raster;

import java.util.Arrays;

/// Smooth strokes along a polyline: tapered, dotted, with ticks. Points are x, y pairs in pixels. Holds scratch memory
/// for one thread.
final class Strokes {
    private static final double[] SMALL_DISC = corners(12, Math.PI / 12);
    private static final double[] DISC = corners(28, Math.PI / 28);

    private final Polygon polygon = new Polygon();
    private float[] outline = new float[256];

    /// A stroke that changes its width evenly along the way.
    void tapered(Surface s, float[] way, double fromWidth, double toWidth, int rgb, double opacity) {
        int n = way.length / 2;
        if (n < 2) {
            return;
        }
        reserve(4 * n);
        double total = length(way);
        double run = 0;
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                run += distance(way, i - 1);
            }
            double half = (fromWidth + (toWidth - fromWidth) * (total > 0 ? run / total : 0)) / 2;
            int a = Math.max(0, i - 1);
            int b = Math.min(n - 1, i + 1);
            double dx = way[2 * b] - way[2 * a];
            double dy = way[2 * b + 1] - way[2 * a + 1];
            double l = Math.max(1e-6, Math.sqrt(dx * dx + dy * dy));
            float ox = (float) (-dy / l * half);
            float oy = (float) (dx / l * half);
            outline[2 * i] = way[2 * i] + ox;
            outline[2 * i + 1] = way[2 * i + 1] + oy;
            int j = 2 * n - 1 - i;
            outline[2 * j] = way[2 * i] - ox;
            outline[2 * j + 1] = way[2 * i + 1] - oy;
        }
        polygon.fill(s, outline, 2 * n, rgb, opacity);
    }

    /// A straight stroke of even width.
    void line(Surface s, double x0, double y0, double x1, double y1, double width, int rgb, double opacity) {
        tapered(s, new float[] {(float) x0, (float) y0, (float) x1, (float) y1}, width, width, rgb, opacity);
    }

    /// Round dots along the way.
    void dotted(Surface s, float[] way, double spacing, double diameter, int rgb, double opacity) {
        double total = length(way);
        for (double d = 0; d <= total; d += spacing) {
            double[] p = at(way, d);
            disc(s, p[0], p[1], diameter / 2, rgb, opacity);
        }
    }

    /// Short lines across the way, evenly spread over its middle.
    void ticks(Surface s, float[] way, int count, double across, int rgb, double opacity) {
        double total = length(way);
        for (int i = 1; i <= count; i++) {
            double[] p = at(way, total * (0.3 + 0.5 * i / (count + 1)));
            double ox = -p[3] * across / 2;
            double oy = p[2] * across / 2;
            line(s, p[0] - ox, p[1] - oy, p[0] + ox, p[1] + oy, 1, rgb, opacity);
        }
    }

    void disc(Surface s, double x, double y, double radius, int rgb, double opacity) {
        around(s, x, y, radius, radius < 4 ? SMALL_DISC : DISC, rgb, opacity);
    }

    /// A regular polygon. @param turn angle of its first corner
    void regular(Surface s, double x, double y, double radius, int corners, double turn, int rgb, double opacity) {
        around(s, x, y, radius, corners(corners, turn), rgb, opacity);
    }

    private void around(Surface s, double x, double y, double radius, double[] corners, int rgb, double opacity) {
        reserve(corners.length);
        for (int i = 0; i < corners.length; i += 2) {
            outline[i] = (float) (x + radius * corners[i]);
            outline[i + 1] = (float) (y + radius * corners[i + 1]);
        }
        polygon.fill(s, outline, corners.length / 2, rgb, opacity);
    }

    private static double[] corners(int count, double turn) {
        double[] corners = new double[2 * count];
        for (int i = 0; i < count; i++) {
            double angle = turn + 2 * Math.PI * i / count;
            corners[2 * i] = Math.cos(angle);
            corners[2 * i + 1] = Math.sin(angle);
        }
        return corners;
    }

    /// The part of a way between two distances from its start.
    static float[] part(float[] way, double from, double to) {
        int n = way.length / 2;
        float[] cut = new float[2 * (n + 2)];
        int size = 0;
        double[] first = at(way, from);
        cut[size++] = (float) first[0];
        cut[size++] = (float) first[1];
        double run = 0;
        for (int i = 1; i < n; i++) {
            run += distance(way, i - 1);
            if (run > from && run < to) {
                cut[size++] = way[2 * i];
                cut[size++] = way[2 * i + 1];
            }
        }
        double[] last = at(way, to);
        cut[size++] = (float) last[0];
        cut[size++] = (float) last[1];
        return Arrays.copyOf(cut, size);
    }

    static double length(float[] way) {
        double total = 0;
        for (int i = 0; i < way.length / 2 - 1; i++) {
            total += distance(way, i);
        }
        return total;
    }

    /// Point and direction (x, y, dx, dy) at a distance from the start, held within the way.
    static double[] at(float[] way, double distance) {
        double left = Math.max(0, distance);
        int last = way.length / 2 - 2;
        for (int i = 0; i <= last; i++) {
            double d = distance(way, i);
            if (left <= d || i == last) {
                double t = d > 0 ? Math.min(1, left / d) : 0;
                double dx = way[2 * i + 2] - way[2 * i];
                double dy = way[2 * i + 3] - way[2 * i + 1];
                double l = Math.max(1e-6, d);
                return new double[] {way[2 * i] + dx * t, way[2 * i + 1] + dy * t, dx / l, dy / l};
            }
            left -= d;
        }
        throw new IllegalArgumentException("A way has at least two points, not %d".formatted(way.length / 2));
    }

    private static double distance(float[] way, int segment) {
        int i = 2 * segment;
        double dx = way[i + 2] - way[i];
        double dy = way[i + 3] - way[i + 1];
        return Math.sqrt(dx * dx + dy * dy);
    }

    private void reserve(int floats) {
        if (outline.length < floats) {
            outline = new float[floats * 2];
        }
    }

    Polygon polygon() {
        return polygon;
    }
}
