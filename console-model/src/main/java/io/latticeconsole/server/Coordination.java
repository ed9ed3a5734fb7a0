package io.latticeconsole.server;

import io.grpc.Status;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.Peer;
import java.util.Map;

/// Whether an endpoint is the coordinator, and where that is if not.
record Coordination(EndpointInfo info) {
    /// Lets orders pass at the coordinator only.
    ///
    /// @throws io.grpc.StatusRuntimeException NOT_COORDINATOR, naming the coordinator and its address
    void require() {
        if (info.gateway().equals(info.coordinator())) {
            return;
        }
        String address = info.peers().stream()
                .filter(p -> p.gateway().equals(info.coordinator()))
                .map(Peer::address)
                .findFirst()
                .orElse("");
        throw Refusals.of(
                Refusals.refused(
                        Status.Code.FAILED_PRECONDITION,
                        "NOT_COORDINATOR",
                        info.gateway() + " does not take operations; the coordinator is " + info.coordinator() + " at "
                                + address,
                        info.coordinator().name()),
                Map.of("coordinator", info.coordinator().name(), "address", address));
    }
}
