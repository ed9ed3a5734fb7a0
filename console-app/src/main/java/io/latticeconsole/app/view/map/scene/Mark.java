package io.latticeconsole.app.view.map.scene;

/// The four marks of the level line, in their fixed order.
public enum Mark {
    UTILIZATION,
    TEMPERATURE,
    POWER,
    LATENCY;

    /// Number of marks in a level line.
    public static final int COUNT = 4;
}
