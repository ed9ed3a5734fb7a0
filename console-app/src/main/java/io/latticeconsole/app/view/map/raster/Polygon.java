package io.latticeconsole.app.view.map.raster;

import java.util.Arrays;

/// Fills polygons with smooth edges: exact coverage per pixel, summed from the signed areas of the edges. Holds
/// scratch memory for one thread.
final class Polygon {
    private static final int BLOCK_SHIFT = 2;
    private static final int BLOCK = 1 << BLOCK_SHIFT;

    /// All zero between two shapes: painting clears what it reads, so that a thin shape costs what it covers, not what
    /// its box does.
    private float[] cover = new float[0];
    /// A bit for each block of columns of a row where the cover changes; none set between two shapes.
    private long[] changes = new long[0];
    private int changesPerRow;
    private byte[] laid = new byte[0];
    private boolean levelled;
    private int left;
    private int top;
    private int columns;
    private int rows;

    /// Fills a closed outline of `points` x, y pairs.
    ///
    /// @param opacity 0 to 1
    void fill(Surface s, float[] xy, int points, int rgb, double opacity) {
        if (points < 3 || !frame(s, xy, points)) {
            return;
        }
        for (int i = 0; i < points; i++) {
            int j = i + 1 == points ? 0 : i + 1;
            edge(xy[2 * i] - left, xy[2 * i + 1] - top, xy[2 * j] - left, xy[2 * j + 1] - top);
        }
        paint(s, rgb, opacity);
    }

    /// From now on what overlaps does not add up: each pixel is covered as much as by the strongest that covers
    /// it. For shapes of one colour, until [#pile].
    void level(Surface s) {
        levelled = true;
        int need = s.width * s.height;
        if (laid.length < need) {
            laid = new byte[need];
        } else {
            Arrays.fill(laid, 0, need, (byte) 0);
        }
    }

    /// From now on what overlaps adds up again.
    void pile() {
        levelled = false;
    }

    private boolean frame(Surface s, float[] xy, int points) {
        float minX = Float.MAX_VALUE;
        float minY = Float.MAX_VALUE;
        float maxX = -Float.MAX_VALUE;
        float maxY = -Float.MAX_VALUE;
        for (int i = 0; i < points; i++) {
            minX = Math.min(minX, xy[2 * i]);
            maxX = Math.max(maxX, xy[2 * i]);
            minY = Math.min(minY, xy[2 * i + 1]);
            maxY = Math.max(maxY, xy[2 * i + 1]);
        }
        left = Math.max(s.clipLeft, (int) Math.floor(minX));
        top = Math.max(s.clipTop, (int) Math.floor(minY));
        columns = Math.min(s.clipRight, (int) Math.ceil(maxX) + 1) - left;
        rows = Math.min(s.clipBottom, (int) Math.ceil(maxY) + 1) - top;
        if (columns <= 0 || rows <= 0) {
            return false;
        }
        int need = (columns + 2) * rows;
        if (cover.length < need) {
            cover = new float[need];
        }
        changesPerRow = ((columns + 1) >> (BLOCK_SHIFT + 6)) + 1;
        if (changes.length < changesPerRow * rows) {
            changes = new long[changesPerRow * rows];
        }
        return true;
    }

    private void edge(float xa, float ya, float xb, float yb) {
        if (ya == yb) {
            return;
        }
        float dir = ya < yb ? 1 : -1;
        float x0 = ya < yb ? xa : xb;
        float y0 = Math.min(ya, yb);
        float x1 = ya < yb ? xb : xa;
        float y1 = Math.max(ya, yb);
        float slope = (x1 - x0) / (y1 - y0);
        if (y0 < 0) {
            x0 -= y0 * slope;
            y0 = 0;
        }
        int last = Math.min(rows, (int) Math.ceil(y1));
        float x = x0;
        for (int row = (int) y0; row < last; row++) {
            float dy = Math.min(row + 1, y1) - Math.max(row, y0);
            float next = x + slope * dy;
            if (dy > 0) {
                rowEdge(row, Math.min(x, next), Math.max(x, next), dir * dy);
            }
            x = next;
        }
    }

    /// Adds one edge's share to one row: what is right of the edge is covered by `area`.
    private void rowEdge(int row, float from, float to, float area) {
        if (from >= columns) {
            return;
        }
        int base = row * (columns + 2);
        float a = Math.max(from, 0);
        float b = Math.min(to, columns);
        float span = to - from;
        float leftOfClip = from >= 0 ? 0 : to <= 0 ? 1 : -from / span;
        cover[base] += area * leftOfClip;
        note(row, (int) a, Math.max(1, (int) Math.ceil(b)));
        if (to <= 0) {
            return;
        }
        inside(base, a, b, span > 0 ? area * (b - a) / span : area);
    }

    private void note(int row, int from, int to) {
        for (int block = from >> BLOCK_SHIFT; block <= to >> BLOCK_SHIFT; block++) {
            changes[row * changesPerRow + (block >> 6)] |= 1L << block;
        }
    }

    /// The first column from one on where the cover of a row changes or may change, or the end of the row.
    private int nextChange(int row, int from) {
        int block = from >> BLOCK_SHIFT;
        int word = block >> 6;
        long ahead = word < changesPerRow ? changes[row * changesPerRow + word] >>> block << block : 0;
        while (ahead == 0) {
            if (++word >= changesPerRow) {
                return columns;
            }
            ahead = changes[row * changesPerRow + word];
        }
        return Math.max(from, ((word << 6) + Long.numberOfTrailingZeros(ahead)) << BLOCK_SHIFT);
    }

    private void inside(int base, float a, float b, float area) {
        int first = (int) a;
        int last = (int) Math.ceil(b);
        if (last <= first + 1) {
            float mean = (a + b) / 2 - first;
            cover[base + first] += area * (1 - mean);
            cover[base + first + 1] += area * mean;
            return;
        }
        float inverse = 1 / (b - a);
        float head = first + 1 - a;
        float covered = 0.5f * inverse * head * head;
        cover[base + first] += area * covered;
        float sum = covered;
        for (int i = first + 1; i < last - 1; i++) {
            float upTo = inverse * (i + 0.5f - a);
            cover[base + i] += area * (upTo - sum);
            sum = upTo;
        }
        float tail = b - (last - 1);
        float atLast = 1 - 0.5f * inverse * tail * tail;
        cover[base + last - 1] += area * (atLast - sum);
        cover[base + last] += area * (1 - atLast);
    }

    /// How much to mix into a pixel that already has some of the colour, to bring it to a cover.
    private int more(int pixel, int cover) {
        int had = laid[pixel] & 0xFF;
        if (cover <= had) {
            return 0;
        }
        laid[pixel] = (byte) Math.min(255, cover);
        return (cover - had) * 256 / (256 - had);
    }

    private void paint(Surface s, int rgb, double opacity) {
        float full = (float) (256 * opacity);
        for (int row = 0; row < rows; row++) {
            paintRow(s, row, rgb, full);
            int words = row * changesPerRow;
            Arrays.fill(changes, words, words + changesPerRow, 0);
        }
    }

    private void paintRow(Surface s, int row, int rgb, float full) {
        int base = row * (columns + 2);
        int pixel = (top + row) * s.width + left;
        float sum = 0;
        int c = 0;
        for (int i = nextChange(row, 0); i < columns; i++) {
            float change = cover[base + i];
            if (change != 0) {
                cover[base + i] = 0;
                sum += change;
                c = (int) (Math.min(1, Math.abs(sum)) * full + 0.5f);
            }
            if (c > 0) {
                int mix = levelled ? more(pixel + i, c) : c;
                s.pixels[pixel + i] = mix > 0 ? Surface.mixed(s.pixels[pixel + i], rgb, mix) : s.pixels[pixel + i];
            } else if ((i + 1 & BLOCK - 1) == 0) {
                i = nextChange(row, i + 1) - 1;
            }
        }
        cover[base + columns] = 0;
        cover[base + columns + 1] = 0;
    }
}
