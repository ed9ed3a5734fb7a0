package io.latticeconsole.agent.gateway;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.latticeconsole.agent.node.Claims;
import io.latticeconsole.gateway.Gateway;
import io.latticeconsole.gateway.GatewayMessage;
import io.latticeconsole.gateway.NodeReport;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.proto.v1.WatchMachineRequest;
import io.latticeconsole.server.Lane;
import io.latticeconsole.world.RegionSpec;
import io.latticeconsole.world.WorldSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The other gateways of a lattice and their machines, which this gateway's requests may go to: their addresses are
/// what their own gateway said. Lane only.
final class Neighbours implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Neighbours.class.getName());
    private static final Pattern ADDRESS = Pattern.compile("[^/\\s]+:\\d{1,5}");

    private final RegionId here;
    private final Lane lane;
    private final LongSupplier now;
    private final Map<Integer, PeerLine> lines = new HashMap<>();
    private final Map<NodeId, Machine> machines = new HashMap<>();
    private @Nullable Gateway gateway;
    private @Nullable Function<String, ManagedChannel> channels;
    private @Nullable Map<NodeId, Node> followed;

    private record Machine(String address, NodeLink link) {}

    Neighbours(RegionId here, Lane lane, LongSupplier now) {
        this.here = here;
        this.lane = lane;
        this.now = now;
    }

    /// Connects a gateway to its peers. @param world in which its own region is the first @param addresses of the
    /// others
    void connect(Gateway to, WorldSpec world, Map<GatewayId, String> addresses, Function<String, ManagedChannel> open) {
        gateway = to;
        channels = open;
        for (int r = 1; r < world.regions().size(); r++) {
            String address = addresses.get(world.regions().get(r).gateway());
            if (address != null) {
                int peer = r;
                PeerLine line =
                        new PeerLine(lattice(world), to.id(), open.apply(address), lane, () -> to.connected(peer));
                lines.put(r, line);
                line.open();
            }
        }
    }

    private static String lattice(WorldSpec world) {
        return "lattices/" + world.code();
    }

    /// Where the peers speak to this gateway.
    BindableService endpoint(WorldSpec world) {
        Map<String, PeerReader.Peer> peers = new HashMap<>();
        for (int r = 1; r < world.regions().size(); r++) {
            RegionSpec peer = world.regions().get(r);
            peers.put(
                    peer.gateway().name(),
                    new PeerReader.Peer(peer.gateway(), peer.id(), r, r == world.coordinatorRegion()));
        }
        return new PeerEndpoint(lattice(world), peers, lane, this::take);
    }

    void send(int region, GatewayMessage message) {
        PeerLine line = lines.get(region);
        if (line != null) {
            line.send(message);
        }
    }

    /// What a peer said.
    void take(GatewayMessage message) {
        Gateway to = gateway;
        if (to != null) {
            to.message(message);
            follow(to);
        }
    }

    @Nullable
    NodeLink link(NodeId node) {
        Machine machine = machines.get(node);
        return machine == null ? null : machine.link();
    }

    /// Keeps one connection to each machine that peers have spoken of.
    @SuppressWarnings("ReferenceEquality") // persistent maps: unchanged is the same one
    private void follow(Gateway to) {
        LatticeState state = to.state();
        if (state.nodes() == followed) {
            return;
        }
        followed = state.nodes();
        Set<NodeId> gone = new HashSet<>(machines.keySet());
        for (Node node : state.nodes().values()) {
            Machine before = machines.get(node.id());
            if (node.id().site().region().equals(here)) {
                continue;
            }
            gone.remove(node.id());
            if (before == null || !before.address().equals(node.address())) {
                connect(to, node, before);
            }
        }
        gone.forEach(id -> forget(machines.remove(id)));
    }

    private void connect(Gateway to, Node node, @Nullable Machine before) {
        forget(before);
        machines.remove(node.id());
        Function<String, ManagedChannel> open = channels;
        if (open == null || !ADDRESS.matcher(node.address()).matches()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "no request goes to {0}: its address is ''{1}''",
                    node.id(),
                    node.address());
            return;
        }
        NodeLink link = new NodeLink(
                -1,
                open.apply(node.address()),
                WatchMachineRequest.getDefaultInstance(),
                lane,
                now,
                new NodeLink.Listener() {
                    @Override
                    public void report(NodeReport report) {
                        to.machines().restored(node.id());
                    }

                    @Override
                    public void claimed(Claims.Claim by) {
                        // whoever only watches does not ask
                    }

                    @Override
                    public void broken() {
                        to.machines().broken(node.id());
                    }
                });
        machines.put(node.id(), new Machine(node.address(), link));
        link.open();
    }

    private static void forget(@Nullable Machine machine) {
        if (machine != null) {
            machine.link().close();
        }
    }

    @Override
    public void close() {
        lines.values().forEach(PeerLine::close);
        machines.values().forEach(Neighbours::forget);
    }
}
