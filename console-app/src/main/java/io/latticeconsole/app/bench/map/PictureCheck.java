package io.latticeconsole.app.bench.map;

import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.app.view.map.scene.Mark;
import java.util.Random;
import javafx.scene.image.PixelReader;

/// Looks for random nodes and links in a picture of the screen, so that figures are of a picture that shows everything.
final class PictureCheck {
    private static final int LOOKED_AT = 100;
    /// A mark may lie so many pixels off where its value belongs, for caps and rounding.
    private static final double TOLERANCE = 2.6;
    private static final int CONTRAST = 5;

    private final MapTopology topology;
    private final Placement placement;
    private final MapFrame frame;
    private final PixelReader pixels;
    private final int ground;
    private final int mark;
    private final int size;
    private final Random random = new Random(20250);

    /// @param ground colour without anything @param mark colour of the dashes
    PictureCheck(MapTopology topology, Placement placement, MapFrame frame, PixelReader pixels, int ground, int mark) {
        this.topology = topology;
        this.placement = placement;
        this.frame = frame;
        this.pixels = pixels;
        this.ground = ground & 0xFFFFFF;
        this.mark = mark & 0xFFFFFF;
        size = Math.round(placement.tileWidth(0));
    }

    /// Of 100 random nodes on top of others, how many show their four marks where the values belong.
    int nodes() {
        int found = 0;
        int looked = 0;
        for (int tries = 0; looked < LOOKED_AT && tries < 100_000; tries++) {
            int n = random.nextInt(topology.nodeCount());
            if (onTop(n)) {
                looked++;
                found += marks(n) ? 1 : 0;
            }
        }
        return found;
    }

    private boolean onTop(int n) {
        int x = Math.round(placement.nodeX(n));
        int y = Math.round(placement.nodeY(n));
        if (x < 0 || y < 0 || x + size >= 1920 || y + size >= 1080) {
            return false;
        }
        for (int other = n + 1; other < topology.nodeCount(); other++) {
            if (Math.abs(placement.nodeX(other) - x) < size + 1 && Math.abs(placement.nodeY(other) - y) < size + 1) {
                return false;
            }
        }
        return true;
    }

    private boolean marks(int n) {
        int left = Math.round(placement.nodeX(n));
        int top = Math.round(placement.nodeY(n));
        for (int m = 0; m < Mark.COUNT; m++) {
            double share = Math.clamp((1 + frame.deviation(n, m)) / 3, 0, 1);
            double row = top + (1 - share) * (size - 1);
            int from = left + m * size / Mark.COUNT;
            int to = left + (m + 1) * size / Mark.COUNT;
            if (!markIn(from, to, (int) Math.floor(row - TOLERANCE), (int) Math.ceil(row + TOLERANCE))) {
                return false;
            }
        }
        return true;
    }

    private boolean markIn(int left, int right, int top, int bottom) {
        for (int y = Math.max(0, top); y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                if ((pixels.getArgb(x, y) & 0xFFFFFF) == mark) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Of 100 random links, how many can be followed: nearly all points along them differ from the empty ground.
    int links() {
        int found = 0;
        for (int i = 0; i < LOOKED_AT; i++) {
            found += followed(random.nextInt(topology.linkCount())) ? 1 : 0;
        }
        return found;
    }

    private boolean followed(int link) {
        double x0 = placement.centreX(topology, topology.linkFrom(link));
        double y0 = placement.centreY(topology, topology.linkFrom(link));
        double x1 = placement.centreX(topology, topology.linkTo(link));
        double y1 = placement.centreY(topology, topology.linkTo(link));
        int seen = 0;
        int points = 0;
        for (int i = 1; i < 40; i++) {
            double t = i / 40.0;
            int x = (int) (x0 + (x1 - x0) * t);
            int y = (int) (y0 + (y1 - y0) * t);
            if (x > 0 && y > 0 && x < 1919 && y < 1079) {
                points++;
                seen += differs(x, y) ? 1 : 0;
            }
        }
        return seen >= points * 0.9;
    }

    private boolean differs(int x, int y) {
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                int p = pixels.getArgb(x + dx, y + dy);
                int apart = Math.abs((p >> 16 & 0xFF) - (ground >> 16 & 0xFF))
                        + Math.abs((p >> 8 & 0xFF) - (ground >> 8 & 0xFF));
                if (apart > CONTRAST) {
                    return true;
                }
            }
        }
        return false;
    }
}
