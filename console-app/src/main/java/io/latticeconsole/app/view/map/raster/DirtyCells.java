package io.latticeconsole.app.view.map.raster;

import java.util.BitSet;

/// Which squares of a picture are out of date in one buffer. For one thread.
final class DirtyCells {
    private static final int SHIFT = 6;
    private static final int CELL = 1 << SHIFT;

    private final int columns;
    private final int rows;
    private final BitSet cells;

    DirtyCells(int width, int height) {
        columns = (width + CELL - 1) >> SHIFT;
        rows = (height + CELL - 1) >> SHIFT;
        cells = new BitSet(columns * rows);
    }

    void all() {
        cells.set(0, columns * rows);
    }

    boolean isEmpty() {
        return cells.isEmpty();
    }

    void add(int x, int y, int w, int h) {
        int left = Math.clamp(x >> SHIFT, 0, columns);
        int right = Math.clamp((x + w + CELL - 1) >> SHIFT, 0, columns);
        for (int row = Math.clamp(y >> SHIFT, 0, rows); row < Math.clamp((y + h + CELL - 1) >> SHIFT, 0, rows); row++) {
            if (left < right) {
                cells.set(row * columns + left, row * columns + right);
            }
        }
    }

    void addAll(DirtyCells other) {
        cells.or(other.cells);
    }

    void clear() {
        cells.clear();
    }

    /// Brings the squares up to date from another surface, a run of squares at a time.
    void restore(Surface target, Surface from) {
        for (int i = cells.nextSetBit(0); i >= 0; i = cells.nextSetBit(i)) {
            int row = i / columns;
            int end = Math.min(cells.nextClearBit(i), (row + 1) * columns);
            target.copy(from, (i % columns) << SHIFT, row << SHIFT, (end - i) << SHIFT, CELL);
            i = end;
        }
    }

    /// Left, top, width and height of what holds all squares, cut to a picture's size; empty when there is none.
    int[] bounds(int width, int height) {
        int left = columns;
        int top = rows;
        int right = 0;
        int bottom = 0;
        for (int i = cells.nextSetBit(0); i >= 0; i = cells.nextSetBit(i + 1)) {
            left = Math.min(left, i % columns);
            right = Math.max(right, i % columns + 1);
            top = Math.min(top, i / columns);
            bottom = Math.max(bottom, i / columns + 1);
        }
        int x = left << SHIFT;
        int y = top << SHIFT;
        return right == 0
                ? new int[] {0, 0, 0, 0}
                : new int[] {x, y, Math.min(width, right << SHIFT) - x, Math.min(height, bottom << SHIFT) - y};
    }
}
