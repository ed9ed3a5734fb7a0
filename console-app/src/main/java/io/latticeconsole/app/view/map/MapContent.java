package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;

/// What the map is to show: what exists, and what it is like now. Immutable.
public record MapContent(MapTopology topology, MapFrame frame) {
    public static final MapContent EMPTY = new MapContent(MapTopology.EMPTY, MapFrame.unread(MapTopology.EMPTY));
}
