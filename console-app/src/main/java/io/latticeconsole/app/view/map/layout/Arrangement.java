package io.latticeconsole.app.view.map.layout;

/// How the same objects are laid out.
public enum Arrangement {
    /// Regions as columns from west to east, sites as rooms.
    SCHEMATIC,
    /// Sites where they are on the globe.
    GEOGRAPHIC,
    /// Nodes at given points, links straight between them.
    FREE
}
