package io.latticeconsole.app.view.map;

import java.util.List;

/// Where a card beside an object hides least of what lies around: on whichever side, a little farther off
/// if that spares a neighbour. Pure.
///
/// @param x left edge of the object @param y its upper edge @param width its width @param height its height
/// @param fieldWidth what the card has to stay within @param fieldHeight what the card has to stay within
/// @param spared what had better not be hidden
record CardPlace(
        double x, double y, double width, double height, double fieldWidth, double fieldHeight, List<Spared> spared) {
    private static final double AWAY = 10;
    private static final double FARTHEST = 106;
    private static final double STEP = 6;
    private static final double EDGE = 4;
    /// A healthy node hidden costs 1; so much of it is due as soon as the card touches it.
    private static final double TOUCHED = 0.5;
    private static final double PER_PIXEL_OFF = 0.006;
    private static final double PER_PIXEL_ASKEW = 0.001;
    private static final double ABOVE_OR_BELOW = 0.1;
    private static final double TO_THE_LEFT = 0.05;
    /// A card that lies well enough is not moved while its numbers change.
    private static final double WORTH_MOVING = 0.5;

    /// @param object left, top, width and height
    static CardPlace beside(double[] object, double fieldWidth, double fieldHeight, List<Spared> spared) {
        return new CardPlace(object[0], object[1], object[2], object[3], fieldWidth, fieldHeight, spared);
    }

    /// Left, top, width and height of all that a card of a size beside an object could hide.
    static double[] reach(double[] object, double w, double h) {
        double across = w + FARTHEST;
        double down = h + FARTHEST;
        return new double[] {object[0] - across, object[1] - down, object[2] + 2 * across, object[3] + 2 * down};
    }

    /// Something of the map. @param weight what it costs to hide it; a healthy node's is 1
    record Spared(double x, double y, double width, double height, double weight) {
        private double hiddenBy(double left, double top, double w, double h) {
            double across = Math.min(x + width, left + w) - Math.max(x, left);
            double down = Math.min(y + height, top + h) - Math.max(y, top);
            return across <= 0 || down <= 0 ? 0 : weight * (TOUCHED + (1 - TOUCHED) * across * down / (width * height));
        }
    }

    /// Upper left corner of a card, and what it costs to have it there.
    record Spot(double x, double y, double cost) {}

    /// The best spot for a card of a size; where none is inside the field, its upper left corner.
    Spot best(double w, double h) {
        Spot best = new Spot(EDGE, EDGE, Double.POSITIVE_INFINITY);
        for (double off = AWAY; off <= FARTHEST; off += STEP) {
            double far = (off - AWAY) * PER_PIXEL_OFF;
            for (double top = y; top >= y + height / 2 - h; top -= STEP) {
                double askew = far + (y - top) * PER_PIXEL_ASKEW;
                best = better(best, x + width + off, top, w, h, askew);
                best = better(best, x - off - w, top, w, h, askew + TO_THE_LEFT);
            }
            for (double left = x; left >= x + width / 2 - w; left -= STEP) {
                double askew = far + (x - left) * PER_PIXEL_ASKEW + ABOVE_OR_BELOW;
                best = better(best, left, y + height + off, w, h, askew);
                best = better(best, left, y - off - h, w, h, askew);
            }
        }
        return best;
    }

    /// The spot where the card is, as long as it was found for this object and no other is clearly better.
    Spot bestFrom(Spot now, double w, double h) {
        Spot best = best(w, h);
        double cost = cost(now.x, now.y, w, h);
        return Double.isFinite(now.cost) && cost <= best.cost + WORTH_MOVING ? now : best;
    }

    private Spot better(Spot best, double left, double top, double w, double h, double extra) {
        if (extra >= best.cost) {
            return best;
        }
        double cost = extra + cost(left, top, w, h);
        return cost < best.cost ? new Spot(left, top, cost) : best;
    }

    private double cost(double left, double top, double w, double h) {
        boolean covers = left < x + width && left + w > x && top < y + height && top + h > y;
        if (covers || left < EDGE || top < EDGE || left + w > fieldWidth - EDGE || top + h > fieldHeight - EDGE) {
            return Double.POSITIVE_INFINITY;
        }
        double cost = 0;
        for (Spared each : spared) {
            cost += each.hiddenBy(left, top, w, h);
        }
        return cost;
    }
}
