package io.latticeconsole.app.format;

/// A reading as it is shown where many are shown at once: its mean over some seconds, rounded, and changed only
/// once the mean has left a dead band around what is shown. A leap, and a reading that comes or goes, shows at
/// once; one that stands still is soon shown as it is.
public final class Steady {
    /// Time constant of the mean, in ms.
    private static final double MEAN_MILLIS = 6_000;
    /// So many bands at once are no noise.
    private static final double LEAP = 4;
    /// From this band on, relative to the value, a third digit would mean nothing.
    private static final double COARSE = 0.05;

    private static final long STANDS_STILL_MILLIS = 5_000;

    /// Arrivals by chance have a spread of the root of their number; a mean over seconds has less.
    private static final double BY_CHANCE = 0.6;

    private final double relative;
    private final double least;
    private final double byChance;
    private double newest = Double.NaN;
    private long newestSince;
    private double mean = Double.NaN;
    private double shown = Double.NaN;
    private long at;

    /// @param relative half the dead band as a share of what is shown
    /// @param least half the dead band at least, in the reading's own unit
    public Steady(double relative, double least) {
        this(relative, least, 0);
    }

    private Steady(double relative, double least, double byChance) {
        this.relative = relative;
        this.least = least;
        this.byChance = byChance;
    }

    /// For arrivals per second.
    public static Steady ofRate(double relative) {
        return new Steady(relative, 0.5, BY_CHANCE);
    }

    /// Takes the newest reading, NaN for none.
    ///
    /// @param millis wall time
    /// @return what to show
    public double follow(double reading, long millis) {
        double band = Math.max(least, Math.max(relative * Math.abs(shown), byChance * Math.sqrt(Math.abs(shown))));
        if (reading != newest) {
            newest = reading;
            newestSince = millis;
        }
        boolean still = millis - newestSince >= STANDS_STILL_MILLIS;
        if (still || !Double.isFinite(reading) || !Double.isFinite(shown) || Math.abs(reading - shown) > LEAP * band) {
            mean = reading;
            shown = rounded(reading);
        } else {
            mean += (1 - Math.exp(-Math.max(0, millis - at) / MEAN_MILLIS)) * (reading - mean);
            shown = Math.abs(mean - shown) > band ? rounded(mean) : shown;
        }
        at = millis;
        return shown;
    }

    /// What was last to be shown, NaN for no reading.
    public double shown() {
        return shown;
    }

    /// To two digits that matter, or three where the band is narrow.
    private double rounded(double value) {
        if (!Double.isFinite(value) || value == 0 || relative == 0) {
            return value;
        }
        int digits = relative >= COARSE ? 2 : 3;
        double step = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) + 1 - digits);
        return Math.rint(value / step) * step;
    }
}
