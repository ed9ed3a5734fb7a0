package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// From the lattice's objects to what the map draws: same objects, dense numbers. Pure.
final class TopologyProjection {
    private TopologyProjection() {}

    /// A way that requests were seen to take.
    record FlowPair(RegionId region, SiteId site) implements Comparable<FlowPair> {
        @Override
        public int compareTo(FlowPair other) {
            int order = region.name().compareTo(other.region.name());
            return order != 0 ? order : site.compareTo(other.site);
        }
    }

    /// @param nodes ids by the map's node index @param links pairs by the map's link index
    record Projected(MapTopology topology, List<NodeId> nodes, List<FlowPair> links) {}

    /// Projects regions, sites and nodes in the order of their names, and a link for each pair whose ends are known.
    static Projected project(LatticeState lattice, Set<FlowPair> pairs) {
        MapTopology.Builder b = new MapTopology.Builder();
        Map<ResourceName, Integer> index = new HashMap<>();
        for (Region r : sorted(lattice.regions().values(), Region::id)) {
            index.put(r.id(), add(b, r));
        }
        for (Site s : sorted(lattice.sites().values(), Site::id)) {
            Integer region = index.get(s.id().region());
            if (region != null) {
                index.put(s.id(), add(b, region, s));
            }
        }
        List<Node> nodes = sorted(lattice.nodes().values(), Node::id).stream()
                .filter(n -> index.containsKey(n.id().site()))
                .toList();
        for (Node n : nodes) {
            int site = index.getOrDefault(n.id().site(), 0);
            b.node(site, n.id().name(), n.id().code(), n.accelerators().size());
        }
        List<FlowPair> links = pairs.stream()
                .filter(p -> index.containsKey(p.region) && index.containsKey(p.site))
                .sorted()
                .toList();
        int regions = lattice.regions().size();
        for (FlowPair p : links) {
            b.link(index.getOrDefault(p.region, 0), regions + index.getOrDefault(p.site, 0));
        }
        return new Projected(b.build(), nodes.stream().map(Node::id).toList(), links);
    }

    private static int add(MapTopology.Builder b, Region r) {
        GeoPoint at = r.ingress();
        return b.region(r.id().name(), r.displayName(), at.latitudeDegrees(), at.longitudeDegrees());
    }

    private static int add(MapTopology.Builder b, int region, Site s) {
        GeoPoint at = s.position();
        return b.site(region, s.id().name(), s.code(), s.tier(), at.latitudeDegrees(), at.longitudeDegrees());
    }

    private static <T> List<T> sorted(Collection<T> all, Function<T, ResourceName> id) {
        return all.stream()
                .sorted(Comparator.comparing(t -> id.apply(t).name()))
                .toList();
    }

    /// `chat-8b ×2 · vision-2b`: the models ready on a node.
    static String models(Collection<Replica> replicas) {
        Map<String, Integer> count = new TreeMap<>();
        for (Replica r : replicas) {
            if (r.state() == ReplicaState.READY) {
                count.merge(r.model().code(), 1, Integer::sum);
            }
        }
        StringBuilder text = new StringBuilder();
        count.forEach((model, n) ->
                text.append(text.isEmpty() ? "" : " · ").append(model).append(n > 1 ? " ×" + n : ""));
        return text.toString();
    }
}
