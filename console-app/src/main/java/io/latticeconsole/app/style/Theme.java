package io.latticeconsole.app.style;

/// A set of colours.
public enum Theme {
    NIGHT,
    DAY,
    CONTRAST;

    /// The next one, around.
    public Theme next() {
        return switch (this) {
            case NIGHT -> DAY;
            case DAY -> CONTRAST;
            case CONTRAST -> NIGHT;
        };
    }
}
