package io.latticeconsole.drill.world;

import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.Tier;
import java.util.List;

/// A city that has sites: its code, position, tier, and its share of its region's nodes in Aurora's default size.
record City(String code, String name, double latitude, double longitude, Tier tier, int weight) {
    GeoPoint position() {
        return new GeoPoint(latitude, longitude);
    }

    /// A region's cities, the regional site (its ingress) first. Coordinates are those of the cities' centres.
    record Group(String id, String name, double share, double utcOffsetHours, List<City> cities) {}

    static final List<Group> REGIONS = List.of(
            new Group(
                    "na-west",
                    "North America West",
                    0.21,
                    -8,
                    List.of(
                            new City("SEA", "Seattle", 47.61, -122.33, Tier.REGIONAL, 8),
                            new City("SFO", "San Francisco", 37.77, -122.42, Tier.METRO, 4),
                            new City("LAX", "Los Angeles", 34.05, -118.24, Tier.METRO, 4),
                            new City("DEN", "Denver", 39.74, -104.99, Tier.EDGE, 2),
                            new City("PDX", "Portland", 45.52, -122.68, Tier.EDGE, 2))),
            new Group(
                    "na-east",
                    "North America East",
                    0.24,
                    -5,
                    List.of(
                            new City("NYC", "New York", 40.71, -74.01, Tier.REGIONAL, 8),
                            new City("IAD", "Ashburn", 39.04, -77.49, Tier.METRO, 4),
                            new City("CHI", "Chicago", 41.88, -87.63, Tier.METRO, 4),
                            new City("YYZ", "Toronto", 43.65, -79.38, Tier.EDGE, 2),
                            new City("ATL", "Atlanta", 33.75, -84.39, Tier.EDGE, 2))),
            new Group(
                    "sa",
                    "South America",
                    0.13,
                    -3,
                    List.of(
                            new City("GRU", "São Paulo", -23.55, -46.63, Tier.REGIONAL, 8),
                            new City("EZE", "Buenos Aires", -34.60, -58.38, Tier.METRO, 3),
                            new City("SCL", "Santiago", -33.45, -70.67, Tier.METRO, 3),
                            new City("BOG", "Bogotá", 4.71, -74.07, Tier.EDGE, 2))),
            new Group(
                    "eu",
                    "Europe",
                    0.22,
                    1,
                    List.of(
                            new City("FRA", "Frankfurt", 50.11, 8.68, Tier.REGIONAL, 8),
                            new City("PAR", "Paris", 48.86, 2.35, Tier.METRO, 4),
                            new City("AMS", "Amsterdam", 52.37, 4.90, Tier.METRO, 4),
                            new City("MAD", "Madrid", 40.42, -3.70, Tier.EDGE, 2),
                            new City("WAW", "Warsaw", 52.23, 21.01, Tier.EDGE, 2))),
            new Group(
                    "ap",
                    "Asia Pacific",
                    0.20,
                    8,
                    List.of(
                            new City("NRT", "Tokyo", 35.68, 139.69, Tier.REGIONAL, 8),
                            new City("SIN", "Singapore", 1.35, 103.82, Tier.METRO, 4),
                            new City("SYD", "Sydney", -33.87, 151.21, Tier.METRO, 4),
                            new City("BOM", "Mumbai", 19.08, 72.88, Tier.EDGE, 2),
                            new City("ICN", "Seoul", 37.57, 126.98, Tier.EDGE, 2))));
}
