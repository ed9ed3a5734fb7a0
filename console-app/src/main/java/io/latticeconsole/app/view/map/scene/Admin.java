package io.latticeconsole.app.view.map.scene;

/// What operators decided about a node.
public enum Admin {
    SERVING,
    CORDONED,
    DRAINING,
    DRAINED,
    WARMING
}
