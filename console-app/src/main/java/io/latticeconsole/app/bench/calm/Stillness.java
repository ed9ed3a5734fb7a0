package io.latticeconsole.app.bench.calm;

import java.util.Arrays;
import java.util.List;

/// Compares pictures of one window, taken at an even pace, pixel by pixel: how many changed in the map, how many in
/// everything around it. Pixels of clocks count nowhere. For one thread.
final class Stillness {
    /// A pixel this close to grey, as CIELAB chroma, is grey.
    static final double GREY_CHROMA = 8;

    private static final byte PANES = 0;
    private static final byte MAP = 1;
    private static final byte CLOCK = 2;

    private final byte[] part;
    private final long[] size = new long[3];
    private final long[] changed = new long[3];
    private int[] last = new int[0];
    private int steps;

    /// A rectangle of pixels.
    record Box(int x, int y, int width, int height) {}

    Stillness(int width, int height, Box map, List<Box> clocks) {
        part = new byte[width * height];
        paint(width, height, map, MAP);
        clocks.forEach(c -> paint(width, height, c, CLOCK));
        for (byte p : part) {
            size[p]++;
        }
    }

    private void paint(int width, int height, Box box, byte value) {
        int left = Math.clamp(box.x, 0, width);
        int right = Math.clamp(box.x + box.width, left, width);
        for (int y = Math.clamp(box.y, 0, height); y < Math.clamp(box.y + box.height, 0, height); y++) {
            Arrays.fill(part, y * width + left, y * width + right, value);
        }
    }

    /// Takes the next picture, row by row.
    ///
    /// @throws IllegalArgumentException if it has another size than the window
    void add(int[] rgb) {
        if (rgb.length != part.length) {
            throw new IllegalArgumentException(
                    "a picture of %d pixels is not one of %d".formatted(rgb.length, part.length));
        }
        if (last.length > 0) {
            steps++;
            for (int i = 0; i < rgb.length; i++) {
                changed[part[i]] += (rgb[i] ^ last[i]) << 8 == 0 ? 0 : 1;
            }
        }
        last = rgb;
    }

    /// Mean share of the window's pixels that changed from one picture to the next, clocks apart.
    double changed() {
        return share(changed[MAP] + changed[PANES], size[MAP] + size[PANES]);
    }

    /// The same of the map's pixels alone.
    double changedInMap() {
        return share(changed[MAP], size[MAP]);
    }

    /// The same of everything around the map.
    double changedInPanes() {
        return share(changed[PANES], size[PANES]);
    }

    private double share(long pixels, long of) {
        return steps == 0 || of == 0 ? Double.NaN : (double) pixels / steps / of;
    }

    /// Share of the newest picture's pixels that are grey.
    double grey() {
        long grey = Arrays.stream(last)
                .filter(rgb -> Chroma.of(rgb & 0xFFFFFF) <= GREY_CHROMA)
                .count();
        return last.length == 0 ? Double.NaN : (double) grey / last.length;
    }
}
