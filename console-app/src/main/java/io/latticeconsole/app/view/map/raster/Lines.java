package io.latticeconsole.app.view.map.raster;

/// Straight lines one pixel wide, cut to the surface's clip.
final class Lines {
    private static final int ONE = 1 << 16;
    private static final int OPAQUE = 0xFF000000;

    private Lines() {}

    /// A solid line without smoothing: the fastest there is, for when the camera moves.
    static void opaque(Surface s, float x0, float y0, float x1, float y1, int rgb) {
        run(s, x0, y0, x1, y1, rgb | OPAQUE, 256);
    }

    /// A line without smoothing, mixed in. @param cover 0 to 256
    static void blended(Surface s, float x0, float y0, float x1, float y1, int rgb, int cover) {
        run(s, x0, y0, x1, y1, rgb, cover);
    }

    private static void run(Surface s, float ax, float ay, float bx, float by, int rgb, int cover) {
        boolean flat = Math.abs(bx - ax) >= Math.abs(by - ay);
        float u0 = flat ? ax : ay;
        float v0 = flat ? ay : ax;
        float u1 = flat ? bx : by;
        float v1 = flat ? by : bx;
        if (u0 > u1) {
            float t = u0;
            u0 = u1;
            u1 = t;
            t = v0;
            v0 = v1;
            v1 = t;
        }
        int uMin = flat ? s.clipLeft : s.clipTop;
        int uMax = flat ? s.clipRight : s.clipBottom;
        int vMin = flat ? s.clipTop : s.clipLeft;
        int vMax = flat ? s.clipBottom : s.clipRight;
        double slope = u1 > u0 ? (v1 - v0) / (double) (u1 - u0) : 0;
        long from = Math.max(uMin, Math.round(u0));
        long to = Math.min(uMax - 1, Math.round(u1));
        if (slope != 0) {
            double a = u0 + (vMin - v0) / slope;
            double b = u0 + (vMax - v0) / slope;
            from = Math.max(from, (long) Math.ceil(Math.min(a, b)));
            to = Math.min(to, (long) Math.ceil(Math.max(a, b)) - 1);
        } else if (v0 < vMin || v0 >= vMax) {
            return;
        }
        if (from > to) {
            return;
        }
        int v = (int) Math.floor((v0 + (from - u0) * slope) * ONE);
        int step = (int) (slope * ONE);
        int count = (int) (to - from + 1);
        // Rounding in fixed point may step over the clip by a fraction at either end.
        while (count > 0 && outside(v, vMin, vMax)) {
            v += step;
            from++;
            count--;
        }
        while (count > 0 && outside(v + step * (count - 1), vMin, vMax)) {
            count--;
        }
        if (cover >= 256) {
            solid(s, flat, (int) from, count, v, step, rgb);
        } else {
            mixed(s, flat, (int) from, count, v, step, rgb, cover);
        }
    }

    private static boolean outside(int v, int vMin, int vMax) {
        return v >> 16 < vMin || v >> 16 >= vMax;
    }

    private static void solid(Surface s, boolean flat, int from, int count, int v, int step, int rgb) {
        int[] px = s.pixels;
        int w = s.width;
        if (flat) {
            for (int i = 0, x = from, y = v; i < count; i++, x++, y += step) {
                px[(y >> 16) * w + x] = rgb;
            }
        } else {
            for (int i = 0, row = from * w, x = v; i < count; i++, row += w, x += step) {
                px[row + (x >> 16)] = rgb;
            }
        }
    }

    private static void mixed(Surface s, boolean flat, int from, int count, int v, int step, int rgb, int cover) {
        int[] px = s.pixels;
        int w = s.width;
        int u = from;
        int y = v;
        for (int i = 0; i < count; i++) {
            int at = flat ? (y >> 16) * w + u : u * w + (y >> 16);
            px[at] = Surface.mixed(px[at], rgb, cover);
            u++;
            y += step;
        }
    }
}
