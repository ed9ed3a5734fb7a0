package io.latticeconsole.gateway;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.operation.Due;
import io.latticeconsole.operation.GatewayAnswer;
import io.latticeconsole.operation.GatewayOrder;
import io.latticeconsole.unit.Millis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Carries out a coordinator's orders at one gateway and answers them, some only once the node has answered.
final class OrderDesk {
    private final Surroundings surroundings;
    private final Book book;
    private final Rows rows;
    private final Ingress ingress;
    private final OwnNodes nodes;
    private final ReplicaDesk desk;
    private final GatewayId self;
    private final Map<Long, Asked> asked = new HashMap<>();
    private long asks;

    private final Map<String, Taken> taken = new HashMap<>();

    /// The latest order about one subject, and its answer once there is one.
    private static final class Taken {
        final long orderId;

        @Nullable
        GatewayAnswer answer;

        Taken(long orderId) {
            this.orderId = orderId;
        }
    }

    private record Asked(long orderId, int migrated, Consumer<GatewayAnswer> to) {}

    OrderDesk(
            Surroundings surroundings,
            Book book,
            Rows rows,
            Ingress ingress,
            OwnNodes nodes,
            ReplicaDesk desk,
            GatewayId self) {
        this.surroundings = surroundings;
        this.book = book;
        this.rows = rows;
        this.ingress = ingress;
        this.nodes = nodes;
        this.desk = desk;
        this.self = self;
    }

    /// Carries an order out; the answer goes to the given place, once there is one.
    /// A copy of an order gets the first answer again; one that was overtaken does nothing.
    /// A probe that a silent node did not hear is asked anew.
    void execute(long orderId, GatewayOrder order, Consumer<GatewayAnswer> answer) {
        Due due = new Due(self, order);
        if (!due.binds()) {
            carryOut(orderId, order, answer);
            return;
        }
        Taken last = taken.get(due.slot());
        if (last != null && last.orderId > orderId) {
            answer.accept(GatewayAnswer.done(orderId, self));
        } else if (last != null && last.orderId == orderId) {
            if (last.answer != null) {
                answer.accept(last.answer);
            } else if (order instanceof GatewayOrder.ProbeReplica) {
                carryOut(orderId, order, a -> {
                    last.answer = a;
                    answer.accept(a);
                });
            }
        } else {
            Taken now = new Taken(orderId);
            taken.put(due.slot(), now);
            carryOut(orderId, order, a -> {
                now.answer = a;
                answer.accept(a);
            });
        }
    }

    private void carryOut(long orderId, GatewayOrder order, Consumer<GatewayAnswer> answer) {
        switch (order) {
            case GatewayOrder.SetAdminState o -> {
                OwnNode node = node(orderId, o.node(), answer);
                if (node != null) {
                    node.admin = o.state();
                    nodes.publish(node);
                    answer.accept(GatewayAnswer.done(orderId, self));
                }
            }
            case GatewayOrder.PlaceReplica o -> place(orderId, o, answer);
            case GatewayOrder.RetireReplica o -> {
                desk.retire(o.replica());
                answer.accept(GatewayAnswer.done(orderId, self));
            }
            case GatewayOrder.SetAdmission o -> {
                rows.admit(o.subject(), o.weight());
                answer.accept(GatewayAnswer.done(orderId, self));
            }
            case GatewayOrder.SetRoute o -> {
                setRoute(o.route());
                answer.accept(GatewayAnswer.done(orderId, self));
            }
            case GatewayOrder.AskInFlight o -> ask(orderId, o.node(), 0, answer, NodeCommand.Count::new);
            case GatewayOrder.MoveStreams o -> {
                int moved = ingress.evacuation.moveStreams(o.node());
                if (nodes.byId(o.node()) == null) {
                    answer.accept(moved(orderId, moved));
                } else {
                    ask(orderId, o.node(), moved, answer, NodeCommand.Count::new);
                }
            }
            case GatewayOrder.AbortRequests o -> ask(orderId, o.node(), 0, answer, NodeCommand.Abort::new);
            case GatewayOrder.ProbeReplica o -> {
                String code = o.replica().code();
                ask(orderId, o.replica().node(), 0, answer, n -> new NodeCommand.Probe(n, code));
            }
        }
    }

    private GatewayAnswer moved(long orderId, int moved) {
        return new GatewayAnswer(orderId, self, true, "", 0, 0, 0, moved, 0, List.of(), false, Millis.NONE);
    }

    private @Nullable OwnNode node(long orderId, NodeId id, Consumer<GatewayAnswer> answer) {
        OwnNode node = nodes.byId(id);
        if (node == null) {
            answer.accept(GatewayAnswer.refused(orderId, self, "node " + id + " is not this gateway's"));
        }
        return node;
    }

    private void place(long orderId, GatewayOrder.PlaceReplica o, Consumer<GatewayAnswer> answer) {
        OwnNode node = node(orderId, o.replica().node(), answer);
        if (node == null) {
            return;
        }
        int model = rows.modelIndex(o.model().name());
        OwnNode.Wanted there = node.wanted.get(o.replica().code());
        boolean same =
                there != null && there.model() == model && there.version().equals(o.version());
        String refusal = refusal(node, model, o.model(), o.replica());
        if (same) {
            answer.accept(GatewayAnswer.done(orderId, self));
        } else if (!refusal.isEmpty()) {
            answer.accept(GatewayAnswer.refused(orderId, self, refusal));
        } else if (desk.placeAs(node, o.replica().code(), model, o.version(), null)) {
            answer.accept(GatewayAnswer.done(orderId, self));
        } else {
            answer.accept(GatewayAnswer.refused(
                    orderId, self, "no room for " + o.model().code() + " on the accelerators of " + node.id()));
        }
    }

    private String refusal(OwnNode node, int model, ModelId id, ReplicaId replica) {
        if (model < 0) {
            return "model " + id + " is not known";
        }
        if (node.wanted.containsKey(replica.code())) {
            return "replica " + replica + " is there already";
        }
        if (node.health == io.latticeconsole.lattice.Health.DOWN) {
            return "node " + node.id() + " is down";
        }
        return surroundings.world().models().get(model).runsOn(node.nodeClass.type())
                ? ""
                : id.code() + " does not run on " + node.nodeClass.displayName();
    }

    private void setRoute(Route route) {
        int model = rows.modelIndex(route.id().model().name());
        if (model < 0) {
            return;
        }
        if (route.mode() == RouteMode.AUTO) {
            rows.view.weights[model] = null;
        } else {
            double[] weights = new double[rows.view.sites];
            for (SiteWeight w : route.weights()) {
                int site = rows.siteIndex(w.site());
                if (site >= 0) {
                    weights[site] = w.weight();
                }
            }
            rows.view.weights[model] = weights;
        }
        book.put(new Route(route.id(), route.mode(), route.weights(), book.etag()));
    }

    private void ask(
            long orderId,
            NodeId id,
            int migrated,
            Consumer<GatewayAnswer> answer,
            java.util.function.LongFunction<NodeCommand> command) {
        OwnNode node = node(orderId, id, answer);
        if (node != null) {
            long number = ++asks;
            asked.put(number, new Asked(orderId, migrated, answer));
            surroundings.command(node.handle, command.apply(number));
        }
    }

    /// A node answered what it was asked for an order.
    void answered(NodeAnswer a) {
        Asked order = asked.remove(a.ask());
        if (order != null) {
            boolean probed = !Double.isNaN(a.ttftMs());
            order.to()
                    .accept(new GatewayAnswer(
                            order.orderId(),
                            self,
                            true,
                            "",
                            a.running(),
                            a.queued(),
                            a.oldestAgeSeconds(),
                            order.migrated(),
                            a.aborted(),
                            List.of(),
                            probed,
                            new Millis(a.ttftMs())));
        }
    }
}
