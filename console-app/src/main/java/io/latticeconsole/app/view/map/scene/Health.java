package io.latticeconsole.app.view.map.scene;

/// What a node's gateway has heard of it.
public enum Health {
    UP,
    SUSPECT,
    DOWN
}
