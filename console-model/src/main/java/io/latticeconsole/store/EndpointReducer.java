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
        EndpointInfo before = endpoint.info();
        ConsoleState next =
                StateWith.endpoints(s, s.endpoints().plus(address, endpoint.withInfo(info)), s.gatewayAddresses());
        if (before != null && before.gateway().equals(info.gateway())) {
            return next;
        }
        next = OwnershipReducer.renamed(next, address);
        return withAddress(before == null ? next : withAddress(next, before.gateway()), info.gateway());
    }

    /// Decides anew at which address a gateway is: two endpoints may call themselves by one name.
    static ConsoleState withAddress(ConsoleState s, GatewayId gateway) {
        EndpointState at = OwnershipReducer.best(
                s, e -> e.info() != null && e.info().gateway().equals(gateway));
        PMap<GatewayId, String> addresses = at == null
                ? s.gatewayAddresses().minus(gateway)
                : s.gatewayAddresses().plus(gateway, at.address());
        return StateWith.endpoints(s, s.endpoints(), addresses);
    }

    /// Takes an endpoint away; what it owned must be gone already.
    static ConsoleState dropped(ConsoleState s, String address) {
        EndpointState endpoint = s.endpoints().get(address);
        EndpointInfo info = endpoint == null ? null : endpoint.info();
        ConsoleState next = StateWith.endpoints(s, s.endpoints().minus(address), s.gatewayAddresses());
        return info == null ? next : withAddress(next, info.gateway());
    }

    static ConsoleState changed(ConsoleState s, String address, UnaryOperator<EndpointState> change) {
        EndpointState endpoint = s.endpoints().get(address);
        return endpoint == null ? s : put(s, change.apply(endpoint));
    }

    private static ConsoleState put(ConsoleState s, EndpointState endpoint) {
        return StateWith.endpoints(s, s.endpoints().plus(endpoint.address(), endpoint), s.gatewayAddresses());
    }
}
