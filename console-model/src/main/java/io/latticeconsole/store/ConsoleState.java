package io.latticeconsole.store;

import io.latticeconsole.exercise.Fault;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverId;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
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
        long topologyVersion) {
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
}
