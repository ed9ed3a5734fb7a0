package io.latticeconsole.lattice;

import java.util.regex.Pattern;

/// A site, `regions/eu/sites/par-1`.
///
/// @throws IllegalArgumentException if the name has another form
public record SiteId(String name) implements ResourceName, Comparable<SiteId> {
    private static final Pattern FORM = Pattern.compile("regions/[a-z0-9-]+/sites/[a-z0-9-]+");

    public SiteId {
        Names.require(FORM, name);
    }

    public RegionId region() {
        return new RegionId(Names.parent(name));
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
    public int compareTo(SiteId other) {
        return Names.compare(name, other.name);
    }
}
