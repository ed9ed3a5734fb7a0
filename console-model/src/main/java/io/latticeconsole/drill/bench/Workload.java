package io.latticeconsole.drill.bench;

import java.util.HashSet;
import java.util.Set;

/// A drawing of nodes, sites and links on 1920 × 1080 with values that change every step, the same in every language
/// that was measured. The order of random draws is part of the definition; [#checksum] proves it.
public final class Workload {
    public static final double WIDTH = 1920;
    public static final double HEIGHT = 1080;
    /// Links for each node.
    public static final int LINKS_PER_NODE = 3;

    private static final double GOLDEN_ANGLE = 2.399963;

    private final int nodes;
    private final int sites;
    private final double[] x;
    private final double[] y;
    private final int[] site;
    private final int[] from;
    private final int[] to;
    private int seed;

    /// @throws IllegalArgumentException unless nodes spread evenly over the 5, 20 or 50 sites of that size
    public Workload(int nodes) {
        this.nodes = nodes;
        sites = nodes <= 100 ? 5 : nodes <= 1000 ? 20 : 50;
        if (nodes < sites || nodes % sites != 0) {
            throw new IllegalArgumentException(
                    "a workload's nodes spread evenly over " + sites + " sites, " + nodes + " do not");
        }
        seed = 20250 + nodes;
        x = new double[nodes];
        y = new double[nodes];
        site = new int[nodes];
        from = new int[LINKS_PER_NODE * nodes];
        to = new int[LINKS_PER_NODE * nodes];
        place();
        link();
    }

    // Mulberry32.
    private double random() {
        seed += 0x6D2B79F5;
        int t = (seed ^ (seed >>> 15)) * (1 | seed);
        t = (t + ((t ^ (t >>> 7)) * (61 | t))) ^ t;
        return ((t ^ (t >>> 14)) & 0xFFFFFFFFL) / 4294967296.0;
    }

    private void place() {
        int perSite = nodes / sites;
        int columns = (int) Math.ceil(Math.sqrt(sites * WIDTH / HEIGHT));
        int rows = (int) Math.ceil(sites / (double) columns);
        double cellWidth = WIDTH / columns;
        double cellHeight = HEIGHT / rows;
        double radius = 0.44 * Math.min(cellWidth, cellHeight);
        int node = 0;
        for (int s = 0; s < sites; s++) {
            int row = s / columns;
            double centreX = (s % columns + 0.5) * cellWidth + (random() - 0.5) * 0.08 * cellWidth;
            double centreY = (row + 0.5) * cellHeight + (random() - 0.5) * 0.08 * cellHeight;
            for (int j = 0; j < perSite; j++) {
                double angle = j * GOLDEN_ANGLE;
                double distance = radius * Math.sqrt((j + 0.5) / perSite);
                x[node] = Math.round((centreX + distance * Math.cos(angle)) * 100) / 100.0;
                y[node] = Math.round((centreY + distance * Math.sin(angle)) * 100) / 100.0;
                site[node++] = s;
            }
        }
    }

    private void link() {
        int perSite = nodes / sites;
        Set<Long> seen = new HashSet<>();
        int link = 0;
        while (link < from.length) {
            int a = (int) Math.floor(random() * nodes);
            boolean local = random() < 0.8;
            int b = local
                    ? site[a] * perSite + (int) Math.floor(random() * perSite)
                    : (int) Math.floor(random() * nodes);
            if (a == b || !seen.add((long) Math.min(a, b) * nodes + Math.max(a, b))) {
                continue;
            }
            from[link] = a;
            to[link++] = b;
        }
    }

    public int nodes() {
        return nodes;
    }

    public int sites() {
        return sites;
    }

    public int links() {
        return from.length;
    }

    public int site(int node) {
        return site[node];
    }

    public double x(int node) {
        return x[node];
    }

    public double y(int node) {
        return y[node];
    }

    /// The node that a link starts at.
    public int from(int link) {
        return from[link];
    }

    /// The node that a link ends at.
    public int to(int link) {
        return to[link];
    }

    /// Value k of node i at step t, 0 to 1.
    public static double metric(int t, int i, int k) {
        int h = ((i * 4 + k + 1) * 0x9E3779B1) ^ ((t + 1) * 0x85EBCA77);
        h ^= h >>> 15;
        h *= 0x2C1B3C6D;
        h ^= h >>> 12;
        h *= 0x297A2D39;
        h ^= h >>> 15;
        return (h & 0xFFFFFFFFL) / 4294967296.0;
    }

    /// 235022031 for 10,000 nodes, -1512235836 for 1,000.
    public int checksum() {
        int c = 0;
        for (int i = 0; i < nodes; i++) {
            c = c * 31 + (int) Math.round(x[i] * 100) + 7 * (int) Math.round(y[i] * 100);
        }
        for (int i = 0; i < from.length; i++) {
            c = c * 31 + from[i] * 3 + to[i];
        }
        for (int i = 0; i < nodes; i++) {
            c = c * 31 + (int) Math.floor(metric(3, i, 1) * 1e6);
        }
        return c;
    }
}
