package io.latticeconsole.server;

import io.latticeconsole.endpoint.EndpointPort;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.lattice.Peer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What a gateway says of itself with what only its server knows: epoch, real addresses, what is served.
record AsServed(EndpointPort port, String epoch, Map<GatewayId, String> addresses, boolean open)
        implements UnaryOperator<EndpointInfo> {
    AsServed {
        addresses = Map.copyOf(addresses);
    }

    @Override
    public EndpointInfo apply(EndpointInfo info) {
        Set<String> capabilities = new HashSet<>(info.capabilities());
        capabilities.addAll(Set.of("watch", "events", "series"));
        if (info.gateway().equals(info.coordinator())) {
            capabilities.add("operations");
        }
        if (info.mode() == Mode.EXERCISE) {
            capabilities.add("exercise");
        }
        if (open) {
            capabilities.add(EndpointInfo.PLAINTEXT);
        }
        return new EndpointInfo(
                info.lattice(),
                info.displayName(),
                EndpointInfo.CONTRACT,
                info.mode(),
                epoch,
                info.gateway(),
                info.owns(),
                info.peers().stream()
                        .map(p -> new Peer(p.gateway(), addresses.getOrDefault(p.gateway(), p.address()), p.region()))
                        .toList(),
                info.coordinator(),
                port.clock(),
                capabilities,
                info.requestWeight(),
                info.seed());
    }
}
