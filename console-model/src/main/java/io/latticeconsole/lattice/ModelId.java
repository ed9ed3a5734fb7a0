package io.latticeconsole.lattice;

import java.util.regex.Pattern;

/// A model, `models/chat-70b`.
///
/// @throws IllegalArgumentException if the name has another form
public record ModelId(String name) implements ResourceName, Comparable<ModelId> {
    private static final Pattern FORM = Pattern.compile("models/[a-z0-9.-]+");

    public ModelId {
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
    public int compareTo(ModelId other) {
        return Names.compare(name, other.name);
    }
}
