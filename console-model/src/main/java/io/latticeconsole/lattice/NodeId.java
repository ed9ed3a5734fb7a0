package io.latticeconsole.lattice;

import java.util.regex.Pattern;

/// A node, `regions/eu/sites/par-1/nodes/n2`.
///
/// @throws IllegalArgumentException if the name has another form
public record NodeId(String name) implements ResourceName, Comparable<NodeId> {
    private static final Pattern FORM = Pattern.compile("regions/[a-z0-9-]+/sites/[a-z0-9-]+/nodes/[a-z0-9-]+");

    public NodeId {
        Names.require(FORM, name);
    }

    public SiteId site() {
        return new SiteId(Names.parent(name));
    }

    public RegionId region() {
        return site().region();
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
    public int compareTo(NodeId other) {
        return Names.compare(name, other.name);
    }
}
