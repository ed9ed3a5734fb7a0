package io.latticeconsole.app.view.map.scene;

/// What the map goes on showing while a value only trembles, so that a quiet lattice is a still picture. Pure.
///
/// What is shown is off by less than: a quarter of the expected band for a dash, which is a twelfth of its bar; half a
/// pixel of a flow's width, [#FLOW_PIXELS]; 30 ms or a quarter of the latency that a flow's ticks count. A value that
/// leaves its band is shown there at once, one that comes back as soon as it is a tenth of the band inside. Numbers in
/// words are never held back.
public final class DeadBand {
    /// Of the expected band's width.
    public static final float DASH = 0.25f;
    /// How far inside its band a value counts as back, of the band's width.
    public static final float BACK = 0.1f;
    /// Pixels of a flow's width.
    public static final double FLOW_PIXELS = 0.5;
    /// Requests per second from which a way that was unused is drawn; where even the busiest one carries little, a
    /// hundredth of what that one carries. A twentieth of it is left when a way is drawn no longer.
    private static final float USED = 2;

    private static final float USED_SHARE = 0.01f;
    private static final float UNUSED_SHARE = 0.05f;
    private static final float TICK_MS = 30;
    private static final float TICK_SHARE = 0.25f;

    private DeadBand() {}

    /// A deviation to show: 0 at the band's low end, 1 at its high end, `NaN` without a reading.
    ///
    /// @param before what was shown last
    public static float deviation(float before, float now) {
        if (Float.isNaN(before) || Float.isNaN(now) || Math.abs(now - before) >= DASH) {
            return now;
        }
        boolean was = outside(before);
        boolean is = outside(now);
        boolean back = was && now > BACK && now < 1 - BACK;
        return (is && !was) || back ? now : before;
    }

    private static boolean outside(float deviation) {
        return deviation < 0 || deviation > 1;
    }

    /// From how many requests per second on a way is drawn.
    ///
    /// @param busiest rate of the busiest way
    public static float used(float busiest) {
        return Math.min(USED, USED_SHARE * busiest);
    }

    /// A flow's rate to show, requests per second; 0 draws no way.
    ///
    /// @param used see [#used]
    public static float rate(float before, float now, float used) {
        boolean drawn = now >= used || (before > 0 && now >= UNUSED_SHARE * used);
        if (!drawn || before <= 0 || now <= 0) {
            return drawn && now > 0 ? now : 0;
        }
        return Math.abs(width(now) - width(before)) < FLOW_PIXELS ? before : now;
    }

    /// A flow's latency to show, ms; `NaN` when unknown.
    public static float latency(float before, float now) {
        float room = Math.max(TICK_MS, TICK_SHARE * before);
        return Math.abs(now - before) < room ? before : now;
    }

    /// Pixels of a flow: 1 + 1.6·log10(1 + requests per second), at most 9; none without requests.
    public static double width(double requestsPerSecond) {
        return requestsPerSecond > 0.05 ? Math.min(9, 1 + 1.6 * Math.log10(1 + requestsPerSecond)) : 0;
    }
}
