package io.latticeconsole.routing;

/// A router's answer: rows in order of preference, the first to be used now; others, each in another site and
/// only if they were [asked for][Router#addFallbacks], when it fails. Reused between calls.
public final class RouteChoice {
    public static final int MOST = 4;

    /// Rows of the view, best first.
    public final int[] rows = new int[MOST];

    /// Their cost, comparable within this choice only.
    public final double[] costs = new double[MOST];

    public int size;

    void clear() {
        size = 0;
    }

    void add(int row, double cost) {
        rows[size] = row;
        costs[size] = cost;
        size++;
    }
}
