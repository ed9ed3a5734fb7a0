package io.latticeconsole.gateway;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.operation.GatewayAnswer;
import io.latticeconsole.operation.GatewayOrder;
import java.util.function.Consumer;

/// A coordinator's lines from the gateway it lives at to all gateways: orders out, answers back.
public final class OrderLines {
    private final Surroundings surroundings;
    private final OrderDesk own;
    private final PeerLinks peers;
    private final int region;
    private Consumer<GatewayAnswer> answers = _ -> {};

    OrderLines(Surroundings surroundings, OrderDesk own, PeerLinks peers, int region) {
        this.surroundings = surroundings;
        this.own = own;
        this.peers = peers;
        this.region = region;
    }

    private GatewayId gateway(int r) {
        return surroundings.world().regions().get(r).gateway();
    }

    /// Where answers to orders go that were sent from here.
    public void onAnswer(Consumer<GatewayAnswer> consumer) {
        answers = consumer;
    }

    void answered(GatewayAnswer answer) {
        answers.accept(answer);
    }

    /// Sends an order to a gateway, which may be this one.
    public void send(GatewayId to, long orderId, GatewayOrder order) {
        if (to.equals(gateway(region))) {
            own.execute(orderId, order, answers);
            return;
        }
        for (int r = 0; r < surroundings.world().regions().size(); r++) {
            if (gateway(r).equals(to)) {
                surroundings.send(r, new GatewayMessage.Order(region, orderId, order));
            }
        }
    }

    /// Whether that gateway was heard within 2.5 s.
    public boolean reachable(GatewayId gateway) {
        return gateway.equals(gateway(region)) || !peers.unreachable().contains(gateway);
    }
}
