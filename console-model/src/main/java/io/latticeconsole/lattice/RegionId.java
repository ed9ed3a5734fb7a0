package io.latticeconsole.lattice;

import java.util.regex.Pattern;

/// A client region, `regions/eu`.
///
/// @throws IllegalArgumentException if the name has another form
public record RegionId(String name) implements ResourceName, Comparable<RegionId> {
    private static final Pattern FORM = Pattern.compile("regions/[a-z0-9-]+");

    public RegionId {
        Names.require(FORM, name);
    }

    /// The last part of the name.
    public String code() {
        return Names.leaf(name);
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public int compareTo(RegionId other) {
        return Names.compare(name, other.name);
    }
}
