package io.latticeconsole.app.view.map.scene;

/// The four marks of the level line, in their fixed order.
public enum Mark {
    UTILIZATION(0),
    TEMPERATURE(1),
    POWER(2),
    LATENCY(3);

    /// Number of marks in a level line.
    public static final int COUNT = 4;

    private final int index;

    Mark(int index) {
        this.index = index;
    }

    /// The mark at a place in the level line, 0 to 3.
    public static Mark at(int index) {
        return switch (index) {
            case 0 -> UTILIZATION;
            case 1 -> TEMPERATURE;
            case 2 -> POWER;
            case 3 -> LATENCY;
            default -> throw new IllegalArgumentException("A level line has marks 0 to 3, not %d".formatted(index));
        };
    }

    /// Place in the level line, from the left, and column in frames.
    public int index() {
        return index;
    }
}
