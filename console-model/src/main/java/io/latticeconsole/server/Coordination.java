package io.latticeconsole.server;

import io.grpc.Status;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Peer;
import java.util.List;
import java.util.Map;

/// Whether an endpoint is the coordinator, and where that is if not; `unreachable` are the peers it does not hear.
record Coordination(EndpointInfo info, List<GatewayId> unreachable) {
    /// Lets orders pass at the coordinator only.
    ///
    /// @throws io.grpc.StatusRuntimeException NOT_COORDINATOR, or UNAVAILABLE while that is not heard; both name
    ///     the coordinator and its address
    void require() {
        if (info.gateway().equals(info.coordinator())) {
            return;
        }
        String address = info.peers().stream()
                .filter(p -> p.gateway().equals(info.coordinator()))
                .map(Peer::address)
                .findFirst()
                .orElse("");
        OrderRefused refused = unreachable.contains(info.coordinator())
                ? Refusals.refused(
                        Status.Code.UNAVAILABLE,
                        "COORDINATOR_UNREACHABLE",
                        "the coordinator, " + info.coordinator() + " at " + address + ", is not heard by "
                                + info.gateway() + ": operations wait until it is back; routing and failover go on",
                        info.coordinator().name())
                : Refusals.refused(
                        Status.Code.FAILED_PRECONDITION,
                        "NOT_COORDINATOR",
                        info.gateway() + " does not take operations; the coordinator is " + info.coordinator() + " at "
                                + address,
                        info.coordinator().name());
        throw Refusals.of(refused, Map.of("coordinator", info.coordinator().name(), "address", address));
    }
}
