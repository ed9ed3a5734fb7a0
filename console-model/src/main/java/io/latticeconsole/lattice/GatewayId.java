package io.latticeconsole.lattice;

import java.util.regex.Pattern;

/// An endpoint that owns regions, `gateways/eu`.
///
/// @throws IllegalArgumentException if the name has another form
public record GatewayId(String name) implements ResourceName, Comparable<GatewayId> {
    private static final Pattern FORM = Pattern.compile("gateways/[a-z0-9-]+");

    public GatewayId {
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
    public int compareTo(GatewayId other) {
        return Names.compare(name, other.name);
    }
}
