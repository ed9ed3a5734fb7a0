package io.latticeconsole.lattice;

import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// Applies facts to a [LatticeState].
public final class LatticeReducer {
    private LatticeReducer() {}

    public static LatticeState apply(LatticeState state, LatticeEvent event) {
        return switch (event) {
            case LatticeEvent.ObjectChanged(LatticeObject object) -> changed(state, object);
            case LatticeEvent.ObjectRemoved(ResourceName id) -> removed(state, id);
        };
    }

    private static LatticeState changed(LatticeState s, LatticeObject object) {
        return switch (object) {
            case Region o -> with(s, s.regions().plus(o.id(), o), s.sites(), s.nodes(), s.models());
            case Site o -> with(s, s.regions(), s.sites().plus(o.id(), o), s.nodes(), s.models());
            case Node o -> with(s, s.regions(), s.sites(), s.nodes().plus(o.id(), o), s.models());
            case Model o ->
                with(s, s.regions(), s.sites(), s.nodes(), s.models().plus(o.id(), o));
            case Replica o ->
                withReplicas(s, o.id().node(), replicasOf(s, o.id()).plus(o.id(), o));
            case Route o -> withTraffic(s, s.routes().plus(o.id(), o), s.paths());
            case NetworkPath o -> withTraffic(s, s.routes(), s.paths().plus(o.id(), o));
        };
    }

    private static LatticeState removed(LatticeState s, ResourceName id) {
        return switch (id) {
            case RegionId o -> with(s, s.regions().minus(o), s.sites(), s.nodes(), s.models());
            case SiteId o -> with(s, s.regions(), s.sites().minus(o), s.nodes(), s.models());
            case NodeId o -> with(s, s.regions(), s.sites(), s.nodes().minus(o), s.models());
            case ModelId o ->
                with(s, s.regions(), s.sites(), s.nodes(), s.models().minus(o));
            case ReplicaId o -> withReplicas(s, o.node(), replicasOf(s, o).minus(o));
            case RouteId o -> withTraffic(s, s.routes().minus(o), s.paths());
            case PathId o -> withTraffic(s, s.routes(), s.paths().minus(o));
            case GatewayId _ -> s;
        };
    }

    private static PMap<ReplicaId, Replica> replicasOf(LatticeState s, ReplicaId id) {
        return s.replicas().getOrDefault(id.node(), HashTreePMap.empty());
    }

    private static LatticeState withReplicas(LatticeState s, NodeId node, PMap<ReplicaId, Replica> here) {
        var replicas = here.isEmpty() ? s.replicas().minus(node) : s.replicas().plus(node, here);
        return new LatticeState(s.regions(), s.sites(), s.nodes(), s.models(), replicas, s.routes(), s.paths());
    }

    private static LatticeState with(
            LatticeState s,
            PMap<RegionId, Region> regions,
            PMap<SiteId, Site> sites,
            PMap<NodeId, Node> nodes,
            PMap<ModelId, Model> models) {
        return new LatticeState(regions, sites, nodes, models, s.replicas(), s.routes(), s.paths());
    }

    private static LatticeState withTraffic(
            LatticeState s, PMap<RouteId, Route> routes, PMap<PathId, NetworkPath> paths) {
        return new LatticeState(s.regions(), s.sites(), s.nodes(), s.models(), s.replicas(), routes, paths);
    }
}
