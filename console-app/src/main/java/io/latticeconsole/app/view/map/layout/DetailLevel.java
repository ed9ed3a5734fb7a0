package io.latticeconsole.app.view.map.layout;

/// How much of a site is shown, by the pixels it has; a level is kept until its limit is passed by a tenth.
public enum DetailLevel {
    /// L0: one mark.
    WORLD,
    /// L1: a tile with counts and worst deviations.
    REGION,
    /// L2: a tile per node with its level line.
    SITE,
    /// L3: numbers, sparklines and models per node.
    NODE;

    /// Pixels of a site, the square root of its area, from which it is more than a mark.
    public static final double SITE_PX = 14;
    /// Pixels of a node tile's width from which its level line is legible.
    public static final double GLYPH_PX = 7;
    /// Pixels of a node tile's width from which it has room for numbers.
    public static final double NUMBERS_PX = 112;

    private static final double SLACK = 0.1;

    /// The level for a site never drawn before.
    public static DetailLevel first(double sitePx, double tilePx) {
        DetailLevel level = WORLD;
        while (level != NODE && level.measure(sitePx, tilePx) >= level.limit()) {
            level = level.closer();
        }
        return level;
    }

    /// The level for a site that was last drawn at this one.
    public DetailLevel next(double sitePx, double tilePx) {
        DetailLevel level = this;
        while (level != NODE && level.measure(sitePx, tilePx) >= level.limit() * (1 + SLACK)) {
            level = level.closer();
        }
        while (level != WORLD
                && level.farther().measure(sitePx, tilePx) < level.farther().limit() * (1 - SLACK)) {
            level = level.farther();
        }
        return level;
    }

    /// One level closer, for what is in alarm; the closest stays.
    public DetailLevel closer() {
        return switch (this) {
            case WORLD -> REGION;
            case REGION -> SITE;
            case SITE, NODE -> NODE;
        };
    }

    private DetailLevel farther() {
        return switch (this) {
            case WORLD, REGION -> WORLD;
            case SITE -> REGION;
            case NODE -> SITE;
        };
    }

    /// The number of pixels that decides whether the next level is reached.
    private double measure(double sitePx, double tilePx) {
        return this == WORLD ? sitePx : tilePx;
    }

    private double limit() {
        return switch (this) {
            case WORLD -> SITE_PX;
            case REGION -> GLYPH_PX;
            case SITE, NODE -> NUMBERS_PX;
        };
    }
}
