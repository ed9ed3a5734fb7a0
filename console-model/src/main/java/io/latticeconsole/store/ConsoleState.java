package io.latticeconsole.store;

import io.latticeconsole.exercise.Fault;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverId;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// Everything the console knows at one moment, samples apart; immutable. `events` is newest last and bounded; `arms` by
/// plan hash; `version` grows with every change; `topologyVersion` only when regions, sites or the set of nodes
/// changed.
public record ConsoleState(
        LatticeState lattice,
        PMap<String, EndpointState> endpoints,
        PMap<GatewayId, String> gatewayAddresses,
        PMap<OperationId, Operation> operations,
        PMap<FailoverId, Failover> failovers,
        PMap<String, Arm> arms,
        PMap<String, Fault> faults,
        PVector<SeenEvent> events,
        NodeTable nodes,
        long version,
        long topologyVersion,
        Ownership ownership) {
    /// A state in which nobody claims a site.
    public ConsoleState(
            LatticeState lattice,
            PMap<String, EndpointState> endpoints,
            PMap<GatewayId, String> gatewayAddresses,
            PMap<OperationId, Operation> operations,
            PMap<FailoverId, Failover> failovers,
            PMap<String, Arm> arms,
            PMap<String, Fault> faults,
            PVector<SeenEvent> events,
            NodeTable nodes,
            long version,
            long topologyVersion) {
        this(
                lattice,
                endpoints,
                gatewayAddresses,
                operations,
                failovers,
                arms,
                faults,
                events,
                nodes,
                version,
                topologyVersion,
                Ownership.NONE);
    }

    public static final ConsoleState EMPTY = new ConsoleState(
            LatticeState.EMPTY,
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            TreePVector.empty(),
            NodeTable.EMPTY,
            0,
            0);

    /// The endpoint that owns a region, or null while nobody claims it.
    public @Nullable EndpointState ownerOf(RegionId region) {
        Region known = lattice.regions().get(region);
        String address = known == null ? null : gatewayAddresses.get(known.gateway());
        return address == null ? null : endpoints.get(address);
    }

    /// Whether what a region's gateway owns is reachable from here.
    public boolean isReachable(RegionId region) {
        EndpointState owner = ownerOf(region);
        return owner != null && owner.link() == LinkState.LIVE;
    }

    /// The endpoint that owns a site: the one whose claim is the best, its region's while nobody claims it.
    public @Nullable EndpointState ownerOf(SiteId site) {
        String address = ownership.owner(site);
        return address == null ? ownerOf(site.region()) : endpoints.get(address);
    }

    /// Whether what the owner of a site owns there is reachable from here.
    public boolean isReachable(SiteId site) {
        EndpointState owner = ownerOf(site);
        return owner != null && owner.link() == LinkState.LIVE;
    }

    /// Sites that more than one endpoint claims, as far as one of those set aside is still heard; by name.
    public List<SiteContest> conflicts() {
        return ownership.contests().values().stream()
                .filter(contest -> contest.others().stream().anyMatch(this::isHeard))
                .sorted(Comparator.comparing(SiteContest::site))
                .toList();
    }

    /// What several endpoints claim of a site, null while only one or none does.
    public @Nullable SiteContest contest(SiteId site) {
        return ownership.contests().get(site);
    }

    private boolean isHeard(SiteClaim claim) {
        EndpointState endpoint = endpoints.get(claim.address());
        return endpoint != null && (endpoint.link() == LinkState.LIVE || endpoint.link() == LinkState.SUSPECT);
    }
}
