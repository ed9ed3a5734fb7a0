package io.latticeconsole.wire;

import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Peer;
import io.latticeconsole.security.KeyMaterial;
import io.latticeconsole.store.ConsoleInput;
import io.latticeconsole.store.LatticeStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The console's connection to a lattice: from one or a few addresses it finds every gateway, keeps a link to each,
/// and fills a [LatticeStore].
///
/// Opening returns at once; what happens is in the store, `ConsoleState.endpoints()`, each with its link
/// state and, when something is wrong, a sentence. Links come back by themselves. Over TLS the console's
/// certificate names the operator; over plaintext the name travels as metadata and nobody vouches for it. All
/// methods may be called from any thread and never block.
public final class LatticeConnection implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("(?:[^\\s:/\\[\\]]+|\\[[0-9A-Fa-f:.%]+]):(\\d{1,5})");

    private final LatticeStore store;
    private final WireLane lane;
    private final WatchRequest request;
    private final @Nullable KeyMaterial key;
    private final Random random = new Random();
    private final Map<String, EndpointLink> links = new HashMap<>();
    private final Map<EndpointLink, EndpointInfo> described = new ConcurrentHashMap<>();
    private final WireOrders orders;
    private volatile @Nullable GatewayId coordinator;
    private boolean closed;

    /// Connects in real time.
    ///
    /// @throws IllegalArgumentException naming an address that is not `host:port`
    public static LatticeConnection open(List<String> addresses, String operator, LatticeStore store) {
        return open(addresses, operator, store, WatchRequest.NEWEST);
    }

    /// The same, choosing what samples to ask for.
    public static LatticeConnection open(
            List<String> addresses, String operator, LatticeStore store, WatchRequest request) {
        return open(addresses, operator, store, request, null, new ScheduledLane(InstantSource.system()));
    }

    /// The same over TLS, if there is a `key`; endpoints then know the operator by its certificate.
    public static LatticeConnection open(
            List<String> addresses,
            String operator,
            LatticeStore store,
            WatchRequest request,
            @Nullable KeyMaterial key) {
        return open(addresses, operator, store, request, key, new ScheduledLane(InstantSource.system()));
    }

    static LatticeConnection open(
            List<String> addresses, String operator, LatticeStore store, WatchRequest request, WireLane lane) {
        return open(addresses, operator, store, request, null, lane);
    }

    private static LatticeConnection open(
            List<String> addresses,
            String operator,
            LatticeStore store,
            WatchRequest request,
            @Nullable KeyMaterial key,
            WireLane lane) {
        LatticeConnection connection = new LatticeConnection(operator, store, request, key, lane);
        connection.seek(addresses);
        return connection;
    }

    private LatticeConnection(
            String operator, LatticeStore store, WatchRequest request, @Nullable KeyMaterial key, WireLane lane) {
        this.store = store;
        this.request = request;
        this.key = key;
        this.lane = lane;
        this.orders = new WireOrders(operator, lane, this::coordinatorFirst);
    }

    /// Checks that a text is `host:port`.
    ///
    /// @throws IllegalArgumentException saying what was found and expected
    public static void requireAddress(String address) {
        var form = ADDRESS.matcher(address);
        int port = form.matches() ? Integer.parseInt(form.group(1)) : 0;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("'" + address + "' is no address; expected host:port, such as"
                    + " 127.0.0.1:7700, with a port from 1 to 65535");
        }
    }

    /// Connects to more addresses, and to the peers that they name.
    ///
    /// @throws IllegalArgumentException naming an address that is not `host:port`
    public void seek(List<String> addresses) {
        addresses.forEach(LatticeConnection::requireAddress);
        lane.execute(() -> addresses.forEach(this::connect));
    }

    /// Orders to the lattice's coordinator.
    public LatticeOrders orders() {
        return orders;
    }

    /// Starts whose outcome is not known yet and which are being read back.
    public int ordersReadingBack() {
        return orders.readingBack();
    }

    /// Defects that the wire survived; each is in the log.
    public long failures() {
        return lane.failures();
    }

    private void connect(String address) {
        if (!closed && !links.containsKey(address)) {
            EndpointLink link = new EndpointLink(address, lane, store, request, key, random, this::met);
            links.put(address, link);
            link.open();
        }
    }

    // On the lane. One process may be known by two addresses (localhost, 127.0.0.1): the first that answered stays. Two
    // processes of one name both stay, and the store decides whose word counts.
    private boolean met(EndpointLink link, EndpointInfo info) {
        boolean known = described.entrySet().stream()
                .anyMatch(e -> e.getKey() != link
                        && e.getValue().gateway().equals(info.gateway())
                        && e.getValue().epoch().equals(info.epoch()));
        if (known) {
            drop(link);
            return false;
        }
        described.put(link, info);
        coordinator = info.coordinator();
        for (Peer peer : info.peers()) {
            boolean here = described.values().stream().anyMatch(i -> i.gateway().equals(peer.gateway()));
            if (!here && ADDRESS.matcher(peer.address()).matches()) {
                connect(peer.address());
            }
        }
        return true;
    }

    private void drop(EndpointLink link) {
        links.remove(link.address());
        described.remove(link);
        link.close();
        store.offer(new ConsoleInput.EndpointDropped(link.address()));
    }

    /// The links in the order in which to ask them: the coordinator, then others that are live. Of two that call
    /// themselves the coordinator only the one whose word counts is asked.
    private List<EndpointLink> coordinatorFirst() {
        GatewayId first = coordinator;
        String address = first == null ? null : store.state().gatewayAddresses().get(first);
        List<EndpointLink> order = new ArrayList<>();
        List<EndpointLink> others = new ArrayList<>();
        described.forEach((link, info) -> {
            if (!info.gateway().equals(first)) {
                others.add(link);
            } else if (address == null || address.equals(link.address())) {
                order.add(link);
            }
        });
        others.stream().filter(EndpointLink::isLive).forEach(order::add);
        return order;
    }

    /// Closes all links; nothing is offered to the store any more. The store stays open.
    @Override
    public void close() {
        lane.execute(() -> {
            closed = true;
            links.values().forEach(EndpointLink::close);
            links.clear();
            lane.close();
        });
    }
}
