package io.latticeconsole.coordination;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.operation.GatewayOrder;
import io.latticeconsole.plan.LoadView;
import java.time.Instant;
import java.util.List;

/// What a coordinator needs of the gateway that hosts it. All calls on the host's one thread.
public interface CoordinatorHost {
    /// What the host knows: its own objects, and those of other gateways as it was told.
    LatticeState lattice();

    LoadView load();

    Instant latticeTime();

    Instant wallTime();

    /// All gateways of the lattice by name, the host included.
    List<GatewayId> gateways();

    /// Whether the host heard that gateway within 2.5 s.
    boolean reachable(GatewayId gateway);

    /// Sends an order; the answer comes to the coordinator, or never.
    void order(GatewayId to, long orderId, GatewayOrder order);

    void publish(Fact fact);

    /// Logs an event; the host gives it its sequence number.
    void log(String type, Severity severity, String subject, String message, String operator, String cause);
}
