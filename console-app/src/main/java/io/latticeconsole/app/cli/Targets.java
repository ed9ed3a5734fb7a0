package io.latticeconsole.app.cli;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.store.ConsoleState;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Finds what somebody typed among what the console knows.
final class Targets {
    private Targets() {}

    /// The object of that name, or whose name without its collections ends so: `par-1/n2`, `par-1`, `europe`,
    /// `chat-70b`, `gateways/europe`.
    ///
    /// @throws IllegalArgumentException if there is none, or more than one
    static ResourceName find(ConsoleState state, String typed) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        List<ResourceName> found = all(state)
                .filter(id -> id.name().equals(wanted) || plain(id.name()).endsWith("/" + wanted))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new IllegalArgumentException(
                found.isEmpty()
                        ? "the lattice has nothing called '" + typed + "'; expected a resource name or its end, "
                                + "such as par-1/n2, par-1 or chat-70b"
                        : "'" + typed + "' could be " + found + "; type more of the name");
    }

    private static Stream<ResourceName> all(ConsoleState state) {
        Stream<GatewayId> gateways = state.gatewayAddresses().keySet().stream();
        return Stream.of(
                        state.lattice().regions().keySet().stream(),
                        state.lattice().sites().keySet().stream(),
                        state.lattice().nodes().keySet().stream(),
                        state.lattice().models().keySet().stream(),
                        gateways)
                .flatMap(ids -> ids.map(id -> (ResourceName) id));
    }

    /// `/europe/par-1/n2` of `regions/europe/sites/par-1/nodes/n2`; gateways keep their collection.
    private static String plain(String name) {
        return name.startsWith("gateways/") ? "/" + name : "/" + name.replaceAll("(regions|sites|nodes|models)/", "");
    }
}
