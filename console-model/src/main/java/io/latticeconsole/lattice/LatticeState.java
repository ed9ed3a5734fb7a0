package io.latticeconsole.lattice;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// Everything known of a lattice's objects at one moment; immutable, cheap to change (persistent maps).
public record LatticeState(
        PMap<RegionId, Region> regions,
        PMap<SiteId, Site> sites,
        PMap<NodeId, Node> nodes,
        PMap<ModelId, Model> models,
        PMap<NodeId, PMap<ReplicaId, Replica>> replicas,
        PMap<RouteId, Route> routes,
        PMap<PathId, NetworkPath> paths) {
    public static final LatticeState EMPTY = new LatticeState(
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty());

    /// The replicas of a node, empty where there are none.
    public Collection<Replica> replicasOf(NodeId node) {
        PMap<ReplicaId, Replica> here = replicas.get(node);
        return here == null ? List.of() : here.values();
    }

    /// Whether a replica answers requests now: ready, on a machine that is not down. Nobody tells a dead machine's
    /// replicas that they are no longer ready.
    public boolean answers(Replica replica) {
        Node host = nodes.get(replica.id().node());
        return replica.state() == ReplicaState.READY && (host == null || host.health() != Health.DOWN);
    }

    public @Nullable Replica replica(ReplicaId id) {
        PMap<ReplicaId, Replica> here = replicas.get(id.node());
        return here == null ? null : here.get(id);
    }

    /// The object of that name, or null.
    public @Nullable LatticeObject object(ResourceName id) {
        return switch (id) {
            case RegionId region -> regions.get(region);
            case SiteId site -> sites.get(site);
            case NodeId node -> nodes.get(node);
            case ModelId model -> models.get(model);
            case ReplicaId replica -> replica(replica);
            case RouteId route -> routes.get(route);
            case PathId path -> paths.get(path);
            case GatewayId _ -> null;
        };
    }
}
