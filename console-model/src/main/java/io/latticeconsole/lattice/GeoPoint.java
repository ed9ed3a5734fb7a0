package io.latticeconsole.lattice;

/// A place on earth, degrees north and east.
public record GeoPoint(double latitudeDegrees, double longitudeDegrees) {
    private static final double EARTH_RADIUS_KM = 6371.0;

    /// Great-circle distance in kilometres (haversine).
    public double distanceKm(GeoPoint other) {
        double lat1 = Math.toRadians(latitudeDegrees);
        double lat2 = Math.toRadians(other.latitudeDegrees);
        double sinLat = Math.sin((lat2 - lat1) / 2);
        double sinLon = Math.sin(Math.toRadians(other.longitudeDegrees - longitudeDegrees) / 2);
        double h = sinLat * sinLat + Math.cos(lat1) * Math.cos(lat2) * sinLon * sinLon;
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
