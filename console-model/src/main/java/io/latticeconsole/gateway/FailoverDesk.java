package io.latticeconsole.gateway;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.operation.FailoverPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Carries out a gateway's failovers: DETECT, DECIDE, REROUTE, WARM, RECOVERED.
final class FailoverDesk {
    private final Surroundings surroundings;
    private final Book book;
    private final Ingress ingress;
    private final TrafficTold told;
    private final PeerLinks peers;
    private final OwnNodes nodes;
    private final ReplicaDesk desk;
    private final int region;
    private final List<RunningFailover> running = new ArrayList<>();
    private int count;

    FailoverDesk(
            Surroundings surroundings,
            Book book,
            Ingress ingress,
            TrafficTold told,
            PeerLinks peers,
            OwnNodes nodes,
            ReplicaDesk desk,
            int region) {
        this.surroundings = surroundings;
        this.book = book;
        this.ingress = ingress;
        this.told = told;
        this.peers = peers;
        this.nodes = nodes;
        this.desk = desk;
        this.region = region;
    }

    /// Nodes are lost: their requests move at once, everybody is told, replacements are decided on at the next tick.
    void start(boolean wholeSite, List<OwnNode> lost, String cause, Instant loss) {
        OwnNode first = lost.getFirst();
        ResourceName subject = wholeSite ? first.id().site() : first.id();
        String where = wholeSite ? surroundings.world().sites().get(first.site).code() : nodes.where(first);
        List<Replica> replicas = new ArrayList<>();
        for (OwnNode node : lost) {
            for (Replica replica : book.state().replicasOf(node.id())) {
                if (replica.state() == ReplicaState.READY) {
                    replicas.add(replica);
                }
            }
        }
        RunningFailover failover = begin(subject, where, cause, loss, replicas);
        List<NodeId> ids = lost.stream().map(OwnNode::id).toList();
        for (NodeId id : ids) {
            failover.add(ingress.evacuation.moveOff(id));
        }
        peers.nodesLost(failover.name(), ids, failover);
        book.publish(new Fact.FailoverChanged(failover.object()));
    }

    private RunningFailover begin(
            ResourceName subject, String where, String cause, Instant loss, List<Replica> replicas) {
        String name = surroundings.world().regions().get(region).id().name() + "/failovers/fo-" + ++count;
        RunningFailover failover = new RunningFailover(
                surroundings, book, ingress.flows, told, name, subject, where, cause, loss, replicas, nodes, desk);
        running.add(failover);
        failover.reach(FailoverPhase.DETECT);
        book.log(
                "FAILOVER_STARTED",
                Severity.HIGH,
                subject.name(),
                "fo-" + count + ": taking over from " + where + " (" + cause + ")",
                "",
                name);
        return failover;
    }

    /// A replica died while its machine lives on: replaced elsewhere unless it comes back by itself.
    void replicaFailed(OwnNode node, ReplicaId id, String message) {
        for (RunningFailover failover : running) {
            failover.replicaFailed(id);
        }
        OwnNode.Wanted wanted = node.wanted.get(id.code());
        Replica replica = book.state().replica(id);
        if (wanted == null || replica == null || !message.startsWith("XID")) {
            return;
        }
        for (RunningFailover failover : running) {
            if (failover.takesAlso(node.id(), replica)) {
                return;
            }
        }
        Instant now = surroundings.instant(surroundings.now());
        RunningFailover failover = begin(node.id(), nodes.where(node), message, now, List.of(replica));
        book.publish(new Fact.FailoverChanged(failover.object()));
    }

    /// A node has left: what was to be warmed there is not coming.
    void left(OwnNode node) {
        for (String code : node.wanted.keySet()) {
            running.forEach(f -> f.replicaFailed(node.replicaId(code)));
        }
    }

    /// A node that was only silent is heard again: what is ready on it needs no stand-in.
    void stillReady(OwnNode node) {
        for (Replica replica : List.copyOf(book.state().replicasOf(node.id()))) {
            if (replica.state() == ReplicaState.READY) {
                replicaReady(replica.id());
            }
        }
    }

    void replicaReady(ReplicaId id) {
        for (RunningFailover failover : running) {
            failover.replicaReady(id);
        }
        for (OwnNode node : nodes.all()) {
            for (String code : List.copyOf(node.wanted.keySet())) {
                OwnNode.Wanted wanted = node.wanted.get(code);
                if (wanted != null && id.equals(wanted.standsFor())) {
                    ReplicaId standIn = node.replicaId(code);
                    desk.retire(standIn);
                    running.forEach(f -> f.notNeeded(standIn));
                }
            }
        }
    }

    /// Another ingress said how a failover goes for it.
    void moved(GatewayMessage.Moved message) {
        for (RunningFailover failover : running) {
            if (failover.name().equals(message.failover())) {
                failover.moved(message);
            }
        }
    }

    /// Every 10 ms.
    void tick() {
        running.removeIf(RunningFailover::tick);
    }

    List<RunningFailover> running() {
        return running;
    }
}
