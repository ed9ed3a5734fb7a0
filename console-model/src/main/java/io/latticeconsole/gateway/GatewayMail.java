package io.latticeconsole.gateway;

/// Hands what other gateways say to whom it concerns.
record GatewayMail(
        Surroundings surroundings,
        PeerLinks peers,
        TrafficTold told,
        OrderDesk orders,
        OrderLines lines,
        PeerLosses losses,
        FailoverDesk failovers) {
    void take(GatewayMessage message) {
        switch (message) {
            case GatewayMessage.Heartbeat m -> peers.heartbeat(m);
            case GatewayMessage.Changes m -> peers.changes(m);
            case GatewayMessage.AskAll m -> peers.askedForAll(m);
            case GatewayMessage.All m -> peers.all(m);
            case GatewayMessage.Loads m -> peers.loads(m);
            case GatewayMessage.Traffic m -> told.take(m);
            case GatewayMessage.Order m ->
                orders.execute(m.orderId(), m.order(), a -> surroundings.send(m.from(), new GatewayMessage.Answer(a)));
            case GatewayMessage.Answer m -> lines.answered(m.answer());
            case GatewayMessage.NodesLost m -> losses.lost(m);
            case GatewayMessage.Moved m -> failovers.moved(m);
        }
    }
}
