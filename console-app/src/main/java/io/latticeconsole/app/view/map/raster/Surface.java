package io.latticeconsole.app.view.map.raster;

import java.util.Arrays;

/// Opaque integer pixels (0xFFRRGGBB, rows top-down) with a clip, and what can be filled on them. Confined to one
/// thread at a time.
public final class Surface {
    private static final int OPAQUE = 0xFF000000;

    final int[] pixels;
    final int width;
    final int height;
    int clipLeft;
    int clipTop;
    int clipRight;
    int clipBottom;

    public Surface(int width, int height) {
        this(new int[width * height], width, height);
    }

    private Surface(int[] pixels, int width, int height) {
        this.pixels = pixels;
        this.width = width;
        this.height = height;
        clip(0, 0, width, height);
    }

    /// A second view of the same pixels with a clip of its own, so that lanes can fill disjoint bands at once.
    Surface band(int top, int bottom) {
        Surface band = new Surface(pixels, width, height);
        band.clip(0, top, width, bottom);
        return band;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /// The live pixels, not a copy.
    public int[] pixels() {
        return pixels;
    }

    public int pixel(int x, int y) {
        return pixels[y * width + x];
    }

    /// Restricts what follows to a rectangle, cut to the surface.
    void clip(int left, int top, int right, int bottom) {
        clipLeft = Math.max(0, left);
        clipTop = Math.max(0, top);
        clipRight = Math.min(width, right);
        clipBottom = Math.min(height, bottom);
    }

    void clear(int rgb) {
        Arrays.fill(pixels, clipTop * width, clipBottom * width, rgb | OPAQUE);
    }

    void fill(int x, int y, int w, int h, int rgb) {
        int l = Math.max(x, clipLeft);
        int r = Math.min(x + w, clipRight);
        if (l >= r) {
            return;
        }
        int bottom = Math.min(y + h, clipBottom);
        for (int row = Math.max(y, clipTop); row < bottom; row++) {
            int i = row * width + l;
            int end = row * width + r;
            if (end - i < 8) {
                while (i < end) {
                    pixels[i++] = rgb | OPAQUE;
                }
            } else {
                Arrays.fill(pixels, i, end, rgb | OPAQUE);
            }
        }
    }

    void set(int x, int y, int rgb) {
        if (x >= clipLeft && x < clipRight && y >= clipTop && y < clipBottom) {
            pixels[y * width + x] = rgb | OPAQUE;
        }
    }

    /// Mixes a colour in. @param cover 0 (nothing) to 256 (all)
    void mix(int x, int y, int rgb, int cover) {
        if (x >= clipLeft && x < clipRight && y >= clipTop && y < clipBottom) {
            int i = y * width + x;
            pixels[i] = mixed(pixels[i], rgb, cover);
        }
    }

    /// Two colours mixed. @param cover share of the second, 0 to 256
    static int mixed(int under, int over, int cover) {
        int keep = 256 - cover;
        int rb = ((under & 0xFF00FF) * keep + (over & 0xFF00FF) * cover) >>> 8 & 0xFF00FF;
        int g = ((under & 0x00FF00) * keep + (over & 0x00FF00) * cover) >>> 8 & 0x00FF00;
        return OPAQUE | rb | g;
    }

    /// A rectangle's edge, one pixel wide, solid.
    void outline(int x, int y, int w, int h, int rgb) {
        fill(x, y, w, 1, rgb);
        fill(x, y + h - 1, w, 1, rgb);
        fill(x, y + 1, 1, h - 2, rgb);
        fill(x + w - 1, y + 1, 1, h - 2, rgb);
    }

    /// A rectangle's edge in strokes of `on` pixels with `off` between them.
    void dashedOutline(int x, int y, int w, int h, int on, int off, int rgb) {
        int step = 0;
        int around = 2 * (w + h) - 4;
        for (int i = 0; i < around; i++) {
            boolean drawn = step < on;
            step = step + 1 == on + off ? 0 : step + 1;
            if (!drawn) {
                continue;
            }
            if (i < w) {
                set(x + i, y, rgb);
            } else if (i < w + h - 1) {
                set(x + w - 1, y + i - w + 1, rgb);
            } else if (i < 2 * w + h - 2) {
                set(x + w - 1 - (i - w - h + 2), y + h - 1, rgb);
            } else {
                set(x, y + h - 1 - (i - 2 * w - h + 3), rgb);
            }
        }
    }

    /// Softens the four corner pixels of a rectangle towards what was around it.
    void roundCorners(int x, int y, int w, int h, int around) {
        for (int dx = 0; dx <= 1; dx++) {
            for (int dy = 0; dy <= 1; dy++) {
                int cx = x + dx * (w - 1);
                int cy = y + dy * (h - 1);
                set(cx, cy, around);
                mix(cx + 1 - 2 * dx, cy, around, 96);
                mix(cx, cy + 1 - 2 * dy, around, 96);
            }
        }
    }

    /// Copies a rectangle of another surface of the same size.
    void copy(Surface from, int x, int y, int w, int h) {
        int l = Math.max(0, x);
        int r = Math.min(width, x + w);
        if (l >= r) {
            return;
        }
        for (int row = Math.max(0, y); row < Math.min(height, y + h); row++) {
            System.arraycopy(from.pixels, row * width + l, pixels, row * width + l, r - l);
        }
    }
}
