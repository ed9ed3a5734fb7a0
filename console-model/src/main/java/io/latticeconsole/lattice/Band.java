package io.latticeconsole.lattice;

/// Expected range of a metric in the metric's own unit; NaN bounds where nothing is expected.
public record Band(double low, double high) {
    public static final Band NONE = new Band(Double.NaN, Double.NaN);

    public boolean isPresent() {
        return !Double.isNaN(low) && !Double.isNaN(high);
    }
}
