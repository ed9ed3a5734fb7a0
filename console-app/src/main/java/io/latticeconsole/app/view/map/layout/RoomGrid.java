package io.latticeconsole.app.view.map.layout;

import io.latticeconsole.app.view.map.scene.MapTopology;

/// The inside of a site's room: tiles in rows under a title strip. World units; one is a pixel at scale 1.
///
/// @param perRow tiles in a row
/// @param header height of the title strip
/// @param tileWidth width of a tile
record RoomGrid(int perRow, double header, double tileWidth) {
    static final double TILE_W = 48;
    static final double TILE_H = 40;
    static final double GAP = 8;
    static final double PAD = 8;

    RoomGrid {
        if (perRow < 1) {
            throw new IllegalArgumentException("A row holds at least one tile, not %d".formatted(perRow));
        }
    }

    /// With tiles of the usual width.
    RoomGrid(int perRow, double header) {
        this(perRow, header, TILE_W);
    }

    double width() {
        return 2 * PAD + perRow * tileWidth + (perRow - 1) * GAP;
    }

    double height(int nodes) {
        int rows = Math.max(1, Math.ceilDiv(nodes, perRow));
        return header + rows * TILE_H + (rows - 1) * GAP + PAD;
    }

    /// Puts a site's room and its tiles at a place.
    void put(Placement.Draft draft, MapTopology topology, int site, double x, double y) {
        int n = topology.nodesAt(site);
        draft.site(site, x, y, width(), height(n));
        draft.tile(site, tileWidth, TILE_H);
        for (int i = 0; i < n; i++) {
            int column = i % perRow;
            int row = i / perRow;
            double nx = x + PAD + column * (tileWidth + GAP);
            double ny = y + header + row * (TILE_H + GAP);
            draft.node(topology.nodeAt(site, i), nx, ny);
        }
    }
}
