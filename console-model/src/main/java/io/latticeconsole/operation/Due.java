package io.latticeconsole.operation;

import io.latticeconsole.lattice.GatewayId;

/// An order on its way to a gateway.
public record Due(GatewayId to, GatewayOrder order) {
    /// What the order is about at that gateway; a later order of the same slot takes the place of an earlier one.
    public String slot() {
        return to.name()
                + ' '
                + switch (order) {
                    case GatewayOrder.SetAdminState o -> "admin " + o.node();
                    case GatewayOrder.PlaceReplica o -> "replica " + o.replica();
                    case GatewayOrder.RetireReplica o -> "replica " + o.replica();
                    case GatewayOrder.SetAdmission o ->
                        "admission " + o.subject().name();
                    case GatewayOrder.SetRoute o -> "route " + o.route().id();
                    case GatewayOrder.AskInFlight o -> "ask " + o.node();
                    case GatewayOrder.MoveStreams o -> "move " + o.node();
                    case GatewayOrder.AbortRequests o -> "abort " + o.node();
                    case GatewayOrder.ProbeReplica o -> "probe " + o.replica();
                };
    }

    /// Whether it changes something and so has to be repeated until it is answered; a question is simply asked anew.
    public boolean binds() {
        return switch (order) {
            case GatewayOrder.SetAdminState _,
                    GatewayOrder.PlaceReplica _,
                    GatewayOrder.RetireReplica _,
                    GatewayOrder.SetAdmission _,
                    GatewayOrder.SetRoute _,
                    GatewayOrder.AbortRequests _,
                    GatewayOrder.ProbeReplica _,
                    GatewayOrder.MoveStreams _ -> true;
            case GatewayOrder.AskInFlight _ -> false;
        };
    }
}
