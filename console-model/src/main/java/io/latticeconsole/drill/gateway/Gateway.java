package io.latticeconsole.drill.gateway;

import io.latticeconsole.drill.world.ModelSpec;
import io.latticeconsole.drill.world.RegionSpec;
import io.latticeconsole.drill.world.SiteSpec;
import io.latticeconsole.drill.world.WorldSpec;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.GatewayAnswer;
import io.latticeconsole.operation.GatewayOrder;
import io.latticeconsole.routing.RoutingPolicy;
import io.latticeconsole.telemetry.LedgerTotals;
import io.latticeconsole.telemetry.SampleBatch;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Watts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// A region's gateway, as an actor on the simulation thread: everything it knows came in through one of its methods.
public final class Gateway {
    private static final int BEAT_TICKS = 50;
    private static final int SILENCE_TICKS = 10;
    private static final int ROUTE_TICKS = 500;

    private final Surroundings surroundings;
    private final WorldSpec world;
    private final int region;
    private final GatewayId self;
    private final Book book;
    private final Rows rows;
    private final Ingress ingress;
    private final PeerLinks peers;
    private final FailoverDesk failovers;
    private final OwnNodes nodes;
    private final OrderDesk orders;
    private final SampleDesk samples;
    private final Paths paths;
    private final ErrorWatch errors;
    private final TrafficTold told = new TrafficTold();
    private final Map<String, Map<NodeId, LossTally>> reported = new HashMap<>();
    private Consumer<GatewayAnswer> answers = _ -> {};
    private long ticks;
    private volatile boolean controlLost;
    private volatile boolean ingressLost;

    public Gateway(Surroundings surroundings, int region, RoutingPolicy policy, String epoch) {
        this.surroundings = surroundings;
        this.world = surroundings.world();
        this.region = region;
        this.self = world.regions().get(region).gateway();
        this.rows = new Rows(surroundings, region);
        this.book = new Book(surroundings, this::changed);
        this.ingress = new Ingress(surroundings, rows, region, policy);
        this.peers = new PeerLinks(surroundings, book, rows, region);
        this.failovers = new FailoverDesk(surroundings, book, ingress, peers, region);
        this.nodes = new OwnNodes(surroundings, book, rows, ingress, failovers, region);
        this.failovers.attach(nodes);
        this.orders = new OrderDesk(surroundings, book, rows, ingress, nodes, self);
        this.samples = new SampleDesk(surroundings, nodes, ingress, region, epoch);
        this.errors = new ErrorWatch(book);
        this.paths = new Paths(surroundings, book, rows, ingress, peers, region);
    }

    private void changed(LatticeEvent event) {
        rows.changed(event, book.state());
        PeerLinks links = peers;
        if (links != null) {
            links.ownChanged(event);
        }
    }

    /// Enters what this gateway owns; `coordinator` also owns the models.
    public void begin(boolean coordinator) {
        RegionSpec r = world.regions().get(region);
        book.put(new Region(r.id(), r.displayName(), r.ingress(), r.gateway(), book.etag()));
        if (coordinator) {
            for (ModelSpec m : world.models()) {
                book.put(new Model(
                        m.id(),
                        m.displayName(),
                        m.version(),
                        List.of(m.version(), "v2", "v3"),
                        m.objective(),
                        m.sizeBytes(),
                        0.8,
                        m.tiers(),
                        m.loadSeconds(),
                        book.etag()));
            }
        }
        for (SiteSpec s : world.sites()) {
            if (s.region() == region) {
                book.put(new Site(
                        s.id(),
                        s.code(),
                        s.displayName(),
                        s.tier(),
                        s.position(),
                        new Watts(s.powerCapWatts()),
                        new Celsius(s.inletCelsius()),
                        1,
                        book.etag()));
            }
        }
        nodes.begin();
        for (int m = 0; m < world.models().size(); m++) {
            book.put(new Route(ingress.flows.routeId(region, m), RouteMode.AUTO, List.of(), book.etag()));
        }
        book.takeForPeers();
    }

    public GatewayId id() {
        return self;
    }

    /// What this gateway knows: its own objects, and others' as it was told.
    public LatticeState state() {
        return book.state();
    }

    /// Everything it owns now, as facts.
    public List<Fact> snapshot() {
        List<Fact> facts = new ArrayList<>();
        for (LatticeObject object : book.ownObjects()) {
            facts.add(new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(object)));
        }
        book.failovers().forEach(f -> facts.add(new Fact.FailoverChanged(f)));
        return facts;
    }

    /// Facts since the last call, in order.
    public List<Fact> takeFacts() {
        return book.takeFacts();
    }

    public List<EventRecord> events() {
        return book.events();
    }

    public List<Failover> failovers() {
        return book.failovers();
    }

    /// Exact accounts of this ingress, in requests.
    public LedgerTotals ledger() {
        return ingress.ledger.totals(surroundings.requestWeight());
    }

    /// Whether all its accounts balance, in total and for each site.
    public boolean ledgerBalances() {
        return ingress.ledger.balances();
    }

    /// Its account with one site.
    public SiteLedger siteLedger(int site) {
        return ingress.ledger.site(site);
    }

    public List<GatewayId> unreachablePeers() {
        return peers.unreachable();
    }

    public boolean controlLost() {
        return controlLost || ingressLost;
    }

    public boolean ingressLost() {
        return ingressLost;
    }

    // ---- what reaches it ----

    public void requestArrived(ClientRequest request) {
        ingress.arrived(request);
    }

    public void firstToken(int slot, int stamp, long excessNanos) {
        if (!ingressLost) {
            ingress.firstToken(slot, stamp, excessNanos);
        }
    }

    public void replied(int slot, int stamp, long attempt, Reply reply, long excessNanos) {
        if (!ingressLost) {
            ingress.replied(slot, stamp, attempt, reply, excessNanos);
        }
    }

    public void report(NodeReport report) {
        if (!controlLost()) {
            nodes.report(report);
        }
    }

    public void answered(NodeAnswer answer) {
        if (!controlLost()) {
            orders.answered(answer);
        }
    }

    /// A machine reset this gateway's connection to it, wherever the machine is.
    public void connectionBroken(int node) {
        if (ingressLost) {
            return;
        }
        NodeId id = world.nodes().get(node).id();
        if (nodes.byHandle(node) != null) {
            if (!controlLost) {
                nodes.connectionBroken(node);
            } else {
                ingress.moveOff(id);
            }
        } else {
            ingress.moveOff(id);
        }
    }

    public void probed(int site, double rttMs) {
        if (!ingressLost) {
            paths.probed(site, rttMs);
        }
    }

    public void message(GatewayMessage message) {
        if (controlLost()) {
            return;
        }
        switch (message) {
            case GatewayMessage.Heartbeat m -> peers.heartbeat(m);
            case GatewayMessage.Changes m -> peers.changes(m);
            case GatewayMessage.AskAll m -> peers.askedForAll(m);
            case GatewayMessage.All m -> peers.all(m);
            case GatewayMessage.Loads m -> peers.loads(m);
            case GatewayMessage.Traffic m -> told.take(m);
            case GatewayMessage.Order m ->
                orders.execute(m.orderId(), m.order(), a -> surroundings.send(m.from(), new GatewayMessage.Answer(a)));
            case GatewayMessage.Answer m -> answers.accept(m.answer());
            case GatewayMessage.NodesLost m -> peerLost(m);
            case GatewayMessage.Moved m -> failovers.moved(m);
        }
    }

    /// Another gateway lost nodes: what this ingress has there moves, and its owner hears how it goes.
    private void peerLost(GatewayMessage.NodesLost m) {
        Map<NodeId, LossTally> tallies = new HashMap<>();
        for (NodeId node : m.nodes()) {
            LossTally tally = ingress.moveOff(node);
            tally.failover = m.failover();
            tally.owner = m.from();
            tallies.put(node, tally);
        }
        reported.put(m.failover(), tallies);
        tellMoved(m.failover(), tallies);
    }

    private void tellMoved(String failover, Map<NodeId, LossTally> tallies) {
        int[] sum = new int[5];
        int owner = -1;
        for (LossTally t : tallies.values()) {
            sum[0] += t.inFlight;
            sum[1] += t.retried;
            sum[2] += t.migrated;
            sum[3] += t.lost;
            sum[4] += t.open;
            owner = t.owner;
        }
        surroundings.send(owner, new GatewayMessage.Moved(region, failover, sum[0], sum[1], sum[2], sum[3], sum[4]));
    }

    // ---- time ----

    /// Every 10 ms of lattice time.
    public void tick() {
        ticks++;
        if (ingressLost) {
            return;
        }
        ingress.tick();
        if (controlLost) {
            return;
        }
        failovers.tick();
        if ((ticks + region) % SILENCE_TICKS == 0) {
            nodes.checkSilence();
        }
        if ((ticks + region) % BEAT_TICKS == 0) {
            peers.beat();
            tellProgress();
        }
        if ((ticks + 7L * region) % ROUTE_TICKS == 100) {
            observeRoutes();
        }
        peers.flush();
    }

    /// Just before probes go out, each 500 ms.
    public void judgePaths() {
        if (!ingressLost) {
            paths.judge();
        }
    }

    private void tellProgress() {
        reported.entrySet().removeIf(e -> {
            boolean changed = false;
            int open = 0;
            for (LossTally t : e.getValue().values()) {
                changed |= t.takeChanged();
                open += t.open;
            }
            if (changed) {
                tellMoved(e.getKey(), e.getValue());
            }
            return open == 0 && !changed;
        });
    }

    /// Refreshes the observed weights of routes that the router picks, when they moved by more than a tenth.
    private void observeRoutes() {
        for (int m = 0; m < world.models().size(); m++) {
            Route route = book.state().routes().get(ingress.flows.routeId(region, m));
            if (route != null && route.mode() == RouteMode.AUTO) {
                List<SiteWeight> weights = ingress.flows.weights(m);
                if (differ(route.weights(), weights)) {
                    // Observed weights move all the time: plans rest on the mode.
                    book.put(new Route(route.id(), RouteMode.AUTO, weights, route.etag()));
                }
            }
        }
    }

    private static boolean differ(List<SiteWeight> a, List<SiteWeight> b) {
        Map<String, Double> before = new HashMap<>();
        a.forEach(w -> before.put(w.site().name(), w.weight()));
        for (SiteWeight w : b) {
            Double was = before.remove(w.site().name());
            if (Math.abs(w.weight() - Objects.requireNonNullElse(was, 0.0)) > 0.1) {
                return true;
            }
        }
        return before.values().stream().anyMatch(w -> w > 0.1);
    }

    /// Each second: samples of own nodes, and word to planners elsewhere.
    public SampleBatch second() {
        SampleBatch batch = samples.batch();
        errors.second(batch.models());
        if (!controlLost()) {
            GatewayMessage.Traffic traffic = samples.traffic();
            told.take(traffic);
            for (int r = 0; r < world.regions().size(); r++) {
                if (r != region) {
                    surroundings.send(r, traffic);
                }
            }
        }
        return batch;
    }

    // ---- faults of its own ----

    /// Its control plane stops or comes back; routing goes on with what it knows.
    public void loseControl(boolean lost) {
        controlLost = lost;
        if (!lost && !ingressLost) {
            heardAgain();
        }
    }

    /// The whole gateway stops; its clients' open requests are theirs to send again elsewhere.
    public List<ClientRequest> loseIngress() {
        ingressLost = true;
        return ingress.abandon();
    }

    public void restoreIngress() {
        ingressLost = false;
        if (!controlLost) {
            heardAgain();
        }
    }

    /// After its own outage nobody has been silent: it just did not listen.
    private void heardAgain() {
        for (OwnNode node : nodes.all()) {
            node.lastHeard = surroundings.now();
        }
        peers.restart();
    }

    // ---- for a coordinator that lives here, and for the exercise ----

    /// Where answers to orders go that were sent from here.
    public void onAnswer(Consumer<GatewayAnswer> consumer) {
        answers = consumer;
    }

    /// Sends an order to a gateway, which may be this one.
    public void order(GatewayId to, long orderId, GatewayOrder order) {
        if (to.equals(self)) {
            orders.execute(orderId, order, answers);
            return;
        }
        for (int r = 0; r < world.regions().size(); r++) {
            if (world.regions().get(r).gateway().equals(to)) {
                surroundings.send(r, new GatewayMessage.Order(region, orderId, order));
            }
        }
    }

    /// Whether that gateway was heard within 2.5 s.
    public boolean reachable(GatewayId gateway) {
        return gateway.equals(self) || !peers.unreachable().contains(gateway);
    }

    /// What is known of traffic everywhere.
    public TrafficTold traffic() {
        return told;
    }

    public void publish(Fact fact) {
        book.publish(fact);
    }

    /// Publishes an object as this gateway's own.
    public void put(LatticeObject object) {
        book.put(object);
    }

    public void log(String type, Severity severity, String subject, String message, String operator, String cause) {
        book.log(type, severity, subject, message, operator, cause);
    }
}
