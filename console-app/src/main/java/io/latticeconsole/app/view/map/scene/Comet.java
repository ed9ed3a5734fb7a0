package io.latticeconsole.app.view.map.scene;

/// Load that has just moved: drawn as bright heads along the path from the loser to the receiver.
///
/// @param from anchor that lost the load
/// @param to anchor that took it
/// @param deltaPerSecond requests per second that moved
/// @param ageSeconds how long ago it moved when the frame was made, from 0 to [#LIFE_SECONDS]
public record Comet(int from, int to, double deltaPerSecond, double ageSeconds) {
    /// After this many seconds a comet is gone.
    public static final double LIFE_SECONDS = 8;
}
