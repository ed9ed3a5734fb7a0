package io.latticeconsole.app.view.map.scene;

/// The kind of place a site is, in the order in which rooms are stacked.
public enum Tier {
    REGIONAL,
    METRO,
    EDGE
}
