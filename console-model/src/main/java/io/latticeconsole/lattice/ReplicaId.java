package io.latticeconsole.lattice;

import java.util.regex.Pattern;

/// A copy of a model on a node, `regions/eu/sites/par-1/nodes/n2/replicas/chat-8b-1`.
///
/// @throws IllegalArgumentException if the name has another form
public record ReplicaId(String name) implements ResourceName, Comparable<ReplicaId> {
    private static final Pattern FORM =
            Pattern.compile("regions/[a-z0-9-]+/sites/[a-z0-9-]+/nodes/[a-z0-9-]+/replicas/[a-z0-9.-]+");

    public ReplicaId {
        Names.require(FORM, name);
    }

    public NodeId node() {
        return new NodeId(Names.parent(name));
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
    public int compareTo(ReplicaId other) {
        return Names.compare(name, other.name);
    }
}
