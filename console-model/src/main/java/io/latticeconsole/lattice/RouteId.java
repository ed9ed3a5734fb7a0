package io.latticeconsole.lattice;

import java.util.regex.Pattern;

/// A route, `regions/eu/routes/chat-70b`.
///
/// @throws IllegalArgumentException if the name has another form
public record RouteId(String name) implements ResourceName, Comparable<RouteId> {
    private static final Pattern FORM = Pattern.compile("regions/[a-z0-9-]+/routes/[a-z0-9.-]+");

    public RouteId {
        Names.require(FORM, name);
    }

    public RegionId region() {
        return new RegionId(Names.parent(name));
    }

    public ModelId model() {
        return new ModelId("models/" + Names.leaf(name));
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
    public int compareTo(RouteId other) {
        return Names.compare(name, other.name);
    }
}
