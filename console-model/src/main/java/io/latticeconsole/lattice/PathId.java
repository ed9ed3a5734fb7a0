package io.latticeconsole.lattice;

import java.util.regex.Pattern;

/// A directed network path, `regions/eu/sites/fra-1/paths/par-1`.
///
/// @throws IllegalArgumentException if the name has another form
public record PathId(String name) implements ResourceName, Comparable<PathId> {
    private static final Pattern FORM = Pattern.compile("regions/[a-z0-9-]+/sites/[a-z0-9-]+/paths/[a-z0-9-]+");

    public PathId {
        Names.require(FORM, name);
    }

    public SiteId from() {
        return new SiteId(Names.parent(name));
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
    public int compareTo(PathId other) {
        return Names.compare(name, other.name);
    }
}
