package io.latticeconsole.store;

import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import java.util.function.UnaryOperator;
import org.pcollections.PMap;

/// Changes what a [ConsoleState] says of endpoints.
final class EndpointReducer {
    private EndpointReducer() {}

    static ConsoleState sought(ConsoleState s, String address) {
        return s.endpoints().containsKey(address) ? s : put(s, EndpointState.sought(address));
    }

    static ConsoleState described(ConsoleState s, String address, EndpointInfo info) {
        EndpointState endpoint = s.endpoints().get(address);
        if (endpoint == null) {
            return s;
        }
        PMap<GatewayId, String> addresses = s.gatewayAddresses().plus(info.gateway(), address);
        if (endpoint.info() != null && !endpoint.info().gateway().equals(info.gateway())) {
            addresses = addresses.minus(endpoint.info().gateway());
        }
        return StateWith.endpoints(s, s.endpoints().plus(address, endpoint.withInfo(info)), addresses);
    }

    /// Takes an endpoint away; what it owned must be gone already.
    static ConsoleState dropped(ConsoleState s, String address) {
        PMap<GatewayId, String> addresses = s.gatewayAddresses();
        for (var entry : s.gatewayAddresses().entrySet()) {
            addresses = entry.getValue().equals(address) ? addresses.minus(entry.getKey()) : addresses;
        }
        return StateWith.endpoints(s, s.endpoints().minus(address), addresses);
    }

    static ConsoleState changed(ConsoleState s, String address, UnaryOperator<EndpointState> change) {
        EndpointState endpoint = s.endpoints().get(address);
        return endpoint == null ? s : put(s, change.apply(endpoint));
    }

    private static ConsoleState put(ConsoleState s, EndpointState endpoint) {
        return StateWith.endpoints(s, s.endpoints().plus(endpoint.address(), endpoint), s.gatewayAddresses());
    }
}
