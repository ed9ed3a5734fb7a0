package io.latticeconsole.app.view.map.layout;

/// Equirectangular projection true to scale at 37° of latitude, into world units with the corner of a lattice's
/// surroundings at 0, 0.
///
/// @param west longitude at x = 0
/// @param north latitude at y = 0
/// @param unitsPerDegree world units for a degree of latitude
public record Projection(double west, double north, double unitsPerDegree) {
    private static final double SQUEEZE = Math.cos(Math.toRadians(37));

    public double x(double longitude) {
        return (longitude - west) * SQUEEZE * unitsPerDegree;
    }

    public double y(double latitude) {
        return (north - latitude) * unitsPerDegree;
    }

    /// Area in squared degrees of latitude of a box on the globe.
    static double area(double west, double east, double south, double north) {
        return (east - west) * SQUEEZE * (north - south);
    }
}
