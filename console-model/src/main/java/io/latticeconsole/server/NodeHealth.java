package io.latticeconsole.server;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;

/// `grpc.health.v1` of an endpoint: the process under the empty name and under its services' names, and every
/// node under its resource name, NOT_SERVING while it admits nothing.
final class NodeHealth {
    private final HealthStatusManager statuses = new HealthStatusManager();

    BindableService service() {
        return statuses.getHealthService();
    }

    /// The process serves, and these services of it.
    void serving(String... serviceNames) {
        statuses.setStatus("", ServingStatus.SERVING);
        for (String name : serviceNames) {
            statuses.setStatus(name, ServingStatus.SERVING);
        }
    }

    /// Follows a node's state.
    void follow(Fact fact) {
        if (fact instanceof Fact.LatticeChanged(LatticeEvent event)) {
            switch (event) {
                case LatticeEvent.ObjectChanged(var object) -> {
                    if (object instanceof Node node) {
                        statuses.setStatus(node.id().name(), status(node));
                    }
                }
                case LatticeEvent.ObjectRemoved(var id) -> {
                    if (id instanceof NodeId) {
                        statuses.clearStatus(id.name());
                    }
                }
            }
        }
    }

    private static ServingStatus status(Node node) {
        return node.health() != Health.DOWN && admits(node.adminState())
                ? ServingStatus.SERVING
                : ServingStatus.NOT_SERVING;
    }

    /// A cordoned node takes no new replicas, but traffic goes on.
    private static boolean admits(AdminState state) {
        return switch (state) {
            case SERVING, CORDONED, WARMING -> true;
            case DRAINING, DRAINED -> false;
        };
    }
}
