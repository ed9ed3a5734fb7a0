package io.latticeconsole.app.view.map.layout;

import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The schematic arrangement: regions as columns from west to east, their sites as rooms by tier, a gutter for
/// flows right of each stack of rooms.
///
/// The number of tiles in a row and of stacks in a region are those that show the lattice largest in the given window.
public final class SchematicLayout {
    private static final int MAX_STACKS = 48;
    /// Shown so large, a lattice does not gain from being larger.
    private static final double ENOUGH = 1.1;
    private static final double HEADER = 22;
    private static final double GUTTER = 26;
    private static final double ROOM_GAP = 10;
    /// Least pixels for a title strip and a gutter when everything is seen at once.
    private static final double HEADER_PX = 15;
    private static final double GUTTER_PX = 12;

    private final MapTopology topology;
    private final double viewWidth;
    private final double viewHeight;
    private final int[] regions;
    private final int[][] rooms;
    private double header = HEADER;
    private double gutterWidth = GUTTER;
    private double roomGap = ROOM_GAP;
    private double tileWidth = RoomGrid.TILE_W;

    private SchematicLayout(MapTopology topology, double viewWidth, double viewHeight) {
        this.topology = topology;
        this.viewWidth = Math.max(1, viewWidth);
        this.viewHeight = Math.max(1, viewHeight);
        regions = westToEast();
        rooms = new int[topology.regionCount()][];
        for (int r : regions) {
            rooms[r] = byTier(r);
        }
    }

    /// Arranges a topology for a window of about this many pixels.
    public static Placement arrange(MapTopology topology, double viewWidth, double viewHeight) {
        SchematicLayout layout = new SchematicLayout(topology, viewWidth, viewHeight);
        Shape shape = layout.best();
        for (int pass = 0; pass < 2; pass++) {
            double scale = layout.scale(shape);
            layout.header = Math.max(HEADER, HEADER_PX / scale);
            layout.gutterWidth = Math.max(GUTTER, GUTTER_PX / scale);
            layout.roomGap = Math.max(ROOM_GAP, 3 / scale);
            shape = layout.best();
        }
        layout.widen(shape);
        return layout.place(shape);
    }

    /// @param perRow tiles in a row of a room
    /// @param stacks stacks of rooms in a region
    private record Shape(int perRow, int stacks) {}

    private int[] westToEast() {
        return IntStream.range(0, topology.regionCount())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer r) -> longitude(r))
                        .thenComparing(r -> topology.region(r).key()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private double longitude(int region) {
        return IntStream.range(0, topology.sitesIn(region))
                .mapToDouble(i -> topology.site(topology.siteIn(region, i)).longitude())
                .average()
                .orElse(topology.region(region).longitude());
    }

    private int[] byTier(int region) {
        return IntStream.range(0, topology.sitesIn(region))
                .map(i -> topology.siteIn(region, i))
                .boxed()
                .sorted(Comparator.comparing((Integer s) -> topology.site(s).tier()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// Tiles take the room at both sides of a lattice that is as high as its window, up to half as wide again.
    private void widen(Shape shape) {
        int columns = shape.perRow
                * Arrays.stream(rooms)
                        .mapToInt(r -> Math.clamp(r.length, 1, shape.stacks))
                        .sum();
        double spare = viewWidth / Math.min(scale(shape), ENOUGH) - width(shape);
        tileWidth += Math.clamp(spare / Math.max(1, columns), 0, RoomGrid.TILE_W / 2);
    }

    private double width(Shape shape) {
        double stack = new RoomGrid(shape.perRow, header, tileWidth).width() + gutterWidth;
        return Arrays.stream(rooms)
                        .mapToInt(r -> Math.clamp(r.length, 1, shape.stacks))
                        .sum()
                * stack;
    }

    private Shape best() {
        int most = IntStream.range(0, topology.siteCount())
                .map(topology::nodesAt)
                .max()
                .orElse(1);
        int stacks =
                Math.clamp(Arrays.stream(rooms).mapToInt(r -> r.length).max().orElse(1), 1, MAX_STACKS);
        Shape best = new Shape(1, 1);
        double bestWorth = 0;
        for (int c = 1; c <= Math.max(1, most); c++) {
            for (int k = 1; k <= stacks; k++) {
                Shape shape = new Shape(c, k);
                double worth = Math.min(scale(shape), ENOUGH) * likeness(shape);
                if (worth > bestWorth) {
                    bestWorth = worth;
                    best = shape;
                }
            }
        }
        return best;
    }

    /// How much a shape is what a person expects: one stack for each region, rooms wide enough for their titles.
    private static double likeness(Shape shape) {
        return (shape.stacks == 1 ? 1 : 0.88) * (shape.perRow >= 3 ? 1 : 0.8);
    }

    private double scale(Shape shape) {
        RoomGrid grid = new RoomGrid(shape.perRow, header, tileWidth);
        double h = 0;
        for (int r : regions) {
            double[] tops = new double[shape.stacks];
            for (int s : rooms[r]) {
                int k = shortest(tops);
                tops[k] += grid.height(topology.nodesAt(s)) + roomGap;
            }
            h = Math.max(h, Arrays.stream(tops).max().orElse(0));
        }
        return Math.min(viewWidth / Math.max(1, width(shape)), viewHeight / (h + titleStrip()));
    }

    private static int shortest(double[] tops) {
        int best = 0;
        for (int k = 1; k < tops.length; k++) {
            if (tops[k] < tops[best]) {
                best = k;
            }
        }
        return best;
    }

    private double titleStrip() {
        return header * 1.7;
    }

    private Placement place(Shape shape) {
        Placement.Draft draft = new Placement.Draft(topology, Arrangement.SCHEMATIC);
        RoomGrid grid = new RoomGrid(shape.perRow, header, tileWidth);
        double stackWidth = grid.width() + gutterWidth;
        double x = 0;
        double bottom = 0;
        for (int r : regions) {
            int stacks = Math.clamp(rooms[r].length, 1, shape.stacks);
            double[] tops = new double[stacks];
            Arrays.fill(tops, titleStrip());
            int[] ordinal = new int[stacks];
            for (int s : rooms[r]) {
                int k = shortest(tops);
                double left = x + k * stackWidth;
                grid.put(draft, topology, s, left, tops[k]);
                tops[k] += grid.height(topology.nodesAt(s)) + roomGap;
                draft.gutter(s, left + grid.width() + laneIn(ordinal[k]++, rooms[r].length / stacks + 1));
            }
            double width = stacks * stackWidth - gutterWidth;
            double height = Arrays.stream(tops).max().orElse(0) - roomGap;
            draft.region(r, x, 0, width, height);
            draft.ingress(r, x + width - gutterWidth * 0.2, header * 0.62, titleStrip() - header * 0.25);
            bottom = Math.max(bottom, height);
            x += stacks * stackWidth;
        }
        return draft.done(x, bottom, header);
    }

    /// Flows of one gutter lie side by side: the nearest room's lane is the innermost.
    private double laneIn(int ordinal, int count) {
        return gutterWidth * (0.4 + 0.28 * ordinal / Math.max(1, count));
    }
}
