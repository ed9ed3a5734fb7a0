package io.latticeconsole.agent.gateway;

import io.grpc.BindableService;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.gateway.ClientRequest;
import io.latticeconsole.gateway.End;
import io.latticeconsole.gateway.Gateway;
import io.latticeconsole.gateway.GatewayMessage;
import io.latticeconsole.gateway.NodeCommand;
import io.latticeconsole.gateway.Reply;
import io.latticeconsole.gateway.Surroundings;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.v1.WatchMachineRequest;
import io.latticeconsole.server.Lane;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.WorldSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The real surroundings of a gateway: its agents and its clients, over gRPC. Lane only.
final class MachineRoom implements Surroundings, AutoCloseable {
    /// Where a request goes: a replica of a node, by its code.
    private record Target(NodeId node, String replica) {}

    private final WorldSpec world;
    private final long term;
    private final String epoch = UUID.randomUUID().toString();
    private final Lane lane;
    private final InstantSource wall;
    private final Instant began;
    private final long beganNanos = System.nanoTime();
    private final Attempts attempts;
    private final Function<String, ManagedChannel> channels;

    /// By number; those that have left keep theirs.
    private final List<AgentLine> agents = new ArrayList<>();

    private final Map<NodeId, Integer> nodeOf = new HashMap<>();
    private final Map<ReplicaId, Integer> engineOf = new HashMap<>();
    private final List<Target> engines = new ArrayList<>();
    private final Map<String, Integer> modelOf = new HashMap<>();
    private final Neighbours neighbours;
    private final Map<Long, OpenRequest> open = new HashMap<>();
    private @Nullable OpenRequest arriving;
    private @Nullable Gateway gateway;

    /// @param term under which its machines are claimed @param channels makes a channel to an address
    MachineRoom(WorldSpec world, long term, Lane lane, InstantSource wall, Function<String, ManagedChannel> channels) {
        this.world = world;
        this.term = term;
        this.lane = lane;
        this.wall = wall;
        this.began = wall.instant();
        this.channels = channels;
        this.attempts = new Attempts(lane);
        this.neighbours = new Neighbours(world.regions().getFirst().id(), lane, this::now);
        for (int m = 0; m < world.models().size(); m++) {
            modelOf.put(world.models().get(m).id().code(), m);
        }
    }

    /// Connects a gateway to all agents of its configuration and to its peers.
    void connect(Gateway to, Map<GatewayId, String> peers) {
        gateway = to;
        neighbours.connect(to, world, peers, channels);
        world.nodes().forEach(spec -> connect(spec, to));
    }

    private void connect(NodeSpec spec, Gateway to) {
        int node = agents.size();
        WatchMachineRequest claim = WatchMachineRequest.newBuilder()
                .setGateway(to.id().name())
                .setEpoch(epoch)
                .setOwnershipTerm(term)
                .setNode(spec.id().name())
                .build();
        AgentLine line = AgentLine.of(claim, node, channels.apply(spec.address()), this, lane, to);
        nodeOf.put(spec.id(), node);
        agents.add(line);
        line.link().open();
    }

    /// One more node. @param starting models that it starts with while it is empty, by index
    void join(NodeSpec spec, List<Integer> starting) {
        Gateway to = gateway;
        if (to != null) {
            to.members().join(agents.size(), spec, starting);
            connect(spec, to);
        }
    }

    /// A node leaves; what runs there may end.
    void leave(NodeId id) {
        Integer node = nodeOf.remove(id);
        if (node != null && gateway != null) {
            gateway.members().leave(node);
            agents.get(node).link().part();
        }
    }

    /// Looks after agents that are not heard, and after certificates.
    void check() {
        nodeOf.values().forEach(node -> agents.get(node).check().turn());
    }

    /// A client's request is here.
    OpenRequest arrived(
            ModelInferRequest request, @Nullable Deadline deadline, StreamObserver<ModelInferResponse> client) {
        OpenRequest now = new OpenRequest(request, deadline, client);
        Integer model = modelOf.get(request.getModelName());
        if (model == null || gateway == null) {
            now.rejected(0, 0);
            return now;
        }
        arriving = now;
        try {
            gateway.requestArrived(new ClientRequest(model, 0, 0, -1, now()));
        } finally {
            arriving = null;
        }
        return now;
    }

    /// The client went away.
    void givenUp(OpenRequest request) {
        if (!request.over && request.slot >= 0 && gateway != null) {
            gateway.givenUp(request.slot, request.stamp);
        }
    }

    /// Where its peers speak to it.
    BindableService peerEndpoint() {
        return neighbours.endpoint(world);
    }

    /// Its connection to a machine of its own or of another gateway's; null to one that it has not heard of.
    @Nullable
    NodeLink link(NodeId node) {
        Integer own = nodeOf.get(node);
        return own == null ? neighbours.link(node) : agents.get(own).link();
    }

    @Override
    public long now() {
        return System.nanoTime() - beganNanos + 1;
    }

    @Override
    public Instant instant(long nanos) {
        return began.plusNanos(nanos);
    }

    @Override
    public Instant wallTime() {
        return wall.instant();
    }

    @Override
    public WorldSpec world() {
        return world;
    }

    @Override
    public long ownershipTerm() {
        return term;
    }

    @Override
    public double requestWeight() {
        return 1;
    }

    @Override
    public void send(int toRegion, GatewayMessage message) {
        neighbours.send(toRegion, message);
    }

    @Override
    public void command(int node, NodeCommand command) {
        agents.get(node).commands().send(command);
    }

    @Override
    public int resolve(ReplicaId replica) {
        return engineOf.computeIfAbsent(replica, id -> {
            engines.add(new Target(id.node(), id.code()));
            return engines.size() - 1;
        });
    }

    @Override
    public long dispatch(
            int slot, int slotStamp, int engine, int contextTokens, int generateTokens, int session, int tokensDone) {
        OpenRequest request = open.computeIfAbsent(key(slot, slotStamp), _ -> first(slot, slotStamp));
        Target target = engines.get(engine);
        NodeLink link = link(target.node());
        if (link == null) {
            throw new IllegalStateException("nothing is known of an agent of " + target.node());
        }
        return attempts.send(
                link,
                target.replica(),
                request,
                (attempt, reply, response, failure) -> replied(slot, slotStamp, attempt, reply, response, failure));
    }

    private OpenRequest first(int slot, int stamp) {
        OpenRequest request = arriving;
        if (request == null) {
            throw new IllegalStateException("slot " + slot + " was sent without a request in it");
        }
        request.slot = slot;
        request.stamp = stamp;
        return request;
    }

    private void replied(
            int slot,
            int stamp,
            long attempt,
            Reply reply,
            @Nullable ModelInferResponse response,
            @Nullable StatusRuntimeException failure) {
        OpenRequest request = open.get(key(slot, stamp));
        if (request != null && response != null) {
            request.answered(response);
        } else if (request != null && reply == Reply.OK && failure != null) {
            request.refused(failure);
        }
        if (gateway != null) {
            gateway.replied(slot, stamp, attempt, reply, 0);
        }
    }

    private static long key(int slot, int stamp) {
        return (long) stamp << 32 | slot;
    }

    @Override
    public void withdraw(long attempt) {
        attempts.withdraw(attempt);
    }

    @Override
    public void ended(int slot, int slotStamp, End end) {
        OpenRequest request = open.remove(key(slot, slotStamp));
        OpenRequest refusedAtOnce = arriving;
        if (request != null) {
            request.end(end);
        } else if (refusedAtOnce != null && gateway != null) {
            int model = Objects.requireNonNull(modelOf.get(refusedAtOnce.request.getModelName()));
            refusedAtOnce.rejected(gateway.readyReplicas(model), gateway.fullReplicas(model));
        }
    }

    @Override
    public void finished(int model, double ttftMs, double e2eMs, int tokens) {
        // the gateway's own accounts are all that is wanted
    }

    @Override
    public int tokensStreamed(long attempt) {
        return 0;
    }

    @Override
    public void close() {
        agents.forEach(a -> a.link().close());
        neighbours.close();
    }
}
