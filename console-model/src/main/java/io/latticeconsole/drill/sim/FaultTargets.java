package io.latticeconsole.drill.sim;

import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.PathId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.world.WorldSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Finds the targets of faults, and refuses what is not there or of the wrong kind.
final class FaultTargets {
    private final WorldSpec world;
    private final Map<String, Integer> nodes = new HashMap<>();
    private final Map<String, Integer> sites = new HashMap<>();

    FaultTargets(WorldSpec world) {
        this.world = world;
        for (int i = 0; i < world.nodes().size(); i++) {
            nodes.put(world.nodes().get(i).id().name(), i);
        }
        for (int i = 0; i < world.sites().size(); i++) {
            sites.put(world.sites().get(i).id().name(), i);
        }
    }

    static OrderRefused invalid(String field, String message) {
        return new OrderRefused("INVALID_ARGUMENT", "BAD_FIELD", field + ": " + message, List.of(field));
    }

    private static OrderRefused unknown(FaultKind kind, ResourceName target, String expected) {
        return new OrderRefused(
                "INVALID_ARGUMENT",
                "UNKNOWN_TARGET",
                kind + " needs " + expected + "; " + target.name() + " is not one of this lattice",
                List.of(target.name()));
    }

    private static <T> T known(
            @org.jspecify.annotations.Nullable T found, FaultKind kind, ResourceName t, String what) {
        if (found == null) {
            throw unknown(kind, t, what);
        }
        return found;
    }

    /// Nodes, or all nodes of sites.
    int[] nodes(FaultKind kind, ResourceName target) {
        return switch (target) {
            case NodeId id -> new int[] {known(nodes.get(id.name()), kind, target, "a node")};
            case SiteId id -> {
                int site = known(sites.get(id.name()), kind, target, "a node or site");
                yield IntStream.range(0, world.nodes().size())
                        .filter(i -> world.nodes().get(i).site() == site)
                        .toArray();
            }
            case RegionId _,
                    GatewayId _,
                    PathId _,
                    ModelId _,
                    io.latticeconsole.lattice.ReplicaId _,
                    io.latticeconsole.lattice.RouteId _ -> throw unknown(kind, target, "a node or site");
        };
    }

    int node(FaultKind kind, ResourceName target) {
        return known(target instanceof NodeId ? nodes.get(target.name()) : null, kind, target, "a node");
    }

    int site(FaultKind kind, ResourceName target) {
        return known(target instanceof SiteId ? sites.get(target.name()) : null, kind, target, "a site");
    }

    /// A region by its own name or its gateway's.
    int region(FaultKind kind, ResourceName target) {
        for (int r = 0; r < world.regions().size(); r++) {
            if (world.regions().get(r).id().equals(target)
                    || world.regions().get(r).gateway().equals(target)) {
                return r;
            }
        }
        throw unknown(kind, target, "a region or gateway");
    }

    int model(FaultKind kind, ResourceName target) {
        for (int m = 0; m < world.models().size(); m++) {
            if (world.models().get(m).id().equals(target)) {
                return m;
            }
        }
        throw unknown(kind, target, "a model");
    }

    /// Region at the start and site at the end of a path; paths start at ingresses.
    int[] path(FaultKind kind, ResourceName target) {
        if (target instanceof PathId path) {
            for (int r = 0; r < world.regions().size(); r++) {
                int start = world.regions().get(r).ingressSite();
                for (int s = 0; s < world.sites().size(); s++) {
                    if (world.sites().get(start).id().equals(path.from())
                            && world.sites().get(s).id().code().equals(path.code())) {
                        return new int[] {r, s};
                    }
                }
            }
        }
        throw unknown(kind, target, "a path from a region's ingress to a site");
    }
}
