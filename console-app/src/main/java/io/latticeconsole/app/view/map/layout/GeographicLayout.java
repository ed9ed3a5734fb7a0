package io.latticeconsole.app.view.map.layout;

import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// The geographic arrangement: sites where they are, moved to the nearest free spot where they would overlap.
///
/// Rooms keep their size; the globe is scaled so that together they cover a fixed share of it.
public final class GeographicLayout {
    private static final double HEADER = 26;
    private static final double COVER = 0.2;
    private static final double MARGIN_DEGREES = 9;
    private static final double CELL = 8;
    private static final double GAP = 10;
    private static final int RAYS = 32;

    private final MapTopology topology;
    private final Projection projection;
    private final double width;
    private final double height;
    private final int columns;
    private final int rows;
    private final BitSet taken;

    private GeographicLayout(MapTopology topology, double aspect) {
        this.topology = topology;
        double west = longitudes().min().orElse(-20) - MARGIN_DEGREES * 2;
        double east = longitudes().max().orElse(20) + MARGIN_DEGREES * 2;
        double south = Math.max(-58, latitudes().min().orElse(-20) - MARGIN_DEGREES);
        double north = Math.min(80, latitudes().max().orElse(20) + MARGIN_DEGREES);
        double area = Projection.area(west, east, south, north);
        double rooms = IntStream.range(0, topology.siteCount())
                .mapToDouble(this::roomArea)
                .sum();
        double unit = Math.sqrt(Math.max(rooms, 40_000) / (COVER * area));
        Projection rough = new Projection(west, north, unit);
        double w = rough.x(east);
        double h = rough.y(south);
        double spare = Math.max(0, w / aspect - h) / 2;
        projection = new Projection(west, north + spare / unit, unit);
        width = w;
        height = h + 2 * spare;
        columns = (int) Math.ceil(width / CELL) + 1;
        rows = (int) Math.ceil(height / CELL) + 1;
        taken = new BitSet(columns * rows);
    }

    /// Where the sites are, with the projection that put them there.
    public record Atlas(Placement placement, Projection projection) {}

    /// Arranges a topology for a window of this width over height.
    public static Atlas arrange(MapTopology topology, double aspect) {
        GeographicLayout layout = new GeographicLayout(topology, Math.clamp(aspect, 0.3, 5));
        return new Atlas(layout.place(), layout.projection);
    }

    private DoubleStream longitudes() {
        return IntStream.range(0, topology.siteCount())
                .mapToDouble(s -> topology.site(s).longitude());
    }

    private DoubleStream latitudes() {
        return IntStream.range(0, topology.siteCount())
                .mapToDouble(s -> topology.site(s).latitude());
    }

    private RoomGrid grid(int site) {
        int n = Math.max(1, topology.nodesAt(site));
        return new RoomGrid((int) Math.ceil(Math.sqrt(n)), HEADER);
    }

    private double roomArea(int site) {
        RoomGrid grid = grid(site);
        return (grid.width() + GAP) * (grid.height(topology.nodesAt(site)) + GAP);
    }

    private Placement place() {
        Placement.Draft draft = new Placement.Draft(topology, Arrangement.GEOGRAPHIC);
        IntStream.range(0, topology.siteCount())
                .boxed()
                .sorted(Comparator.comparing((Integer s) -> topology.site(s).tier())
                        .thenComparing(s -> s))
                .forEach(s -> placeSite(draft, s));
        for (int r = 0; r < topology.regionCount(); r++) {
            double x = projection.x(topology.region(r).longitude());
            double y = projection.y(topology.region(r).latitude());
            draft.region(r, x - 6, y - 6, 12, 12);
            draft.ingress(r, x, y, y);
        }
        return draft.done(width, height, HEADER);
    }

    private void placeSite(Placement.Draft draft, int site) {
        RoomGrid grid = grid(site);
        double w = grid.width();
        double h = grid.height(topology.nodesAt(site));
        double cx = projection.x(topology.site(site).longitude());
        double cy = projection.y(topology.site(site).latitude());
        double[] spot = nearestFree(cx - w / 2, cy - h / 2, w, h);
        take(spot[0], spot[1], w, h);
        grid.put(draft, topology, site, spot[0], spot[1]);
        if (Math.hypot(spot[0] + w / 2 - cx, spot[1] + h / 2 - cy) > CELL) {
            draft.trueSpot(site, cx, cy);
        }
    }

    private double[] nearestFree(double x, double y, double w, double h) {
        double reach = Math.hypot(width, height);
        for (double d = 0; d < reach; d += CELL) {
            int rays = d == 0 ? 1 : RAYS;
            for (int i = 0; i < rays; i++) {
                double angle = 2 * Math.PI * i / rays;
                double tx = x + d * Math.cos(angle);
                double ty = y + d * Math.sin(angle);
                if (free(tx, ty, w, h)) {
                    return new double[] {tx, ty};
                }
            }
        }
        throw new IllegalStateException("No free place for a room of %.0f by %.0f".formatted(w, h));
    }

    private boolean free(double x, double y, double w, double h) {
        if (x < 0 || y < 0 || x + w > width || y + h > height) {
            return false;
        }
        int right = cell(x + w + GAP, columns);
        for (int row = cell(y, rows); row <= cell(y + h + GAP, rows); row++) {
            int hit = taken.nextSetBit(row * columns + cell(x, columns));
            if (hit >= 0 && hit <= row * columns + right) {
                return false;
            }
        }
        return true;
    }

    private void take(double x, double y, double w, double h) {
        for (int row = cell(y, rows); row <= cell(y + h + GAP, rows); row++) {
            taken.set(row * columns + cell(x, columns), row * columns + cell(x + w + GAP, columns) + 1);
        }
    }

    private static int cell(double units, int limit) {
        return Math.clamp((int) Math.floor(units / CELL), 0, limit - 1);
    }
}
