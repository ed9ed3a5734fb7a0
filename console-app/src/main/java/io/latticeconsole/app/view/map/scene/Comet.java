package io.latticeconsole.app.view.map.scene;

/// Load that has just moved: drawn as bright heads along the path from the loser to the receiver.
///
/// @param from anchor that lost the load, or the ingress it came from
/// @param to anchor that took it, or that lost it
/// @param deltaPerSecond requests per second that moved; below 0 the way is one that load left, which fades dotted
/// @param ageSeconds how long ago it moved when the frame was made, from 0 to [#LIFE_SECONDS]
public record Comet(int from, int to, double deltaPerSecond, double ageSeconds) {
    /// After this many seconds a comet is gone.
    public static final double LIFE_SECONDS = 8;
}
