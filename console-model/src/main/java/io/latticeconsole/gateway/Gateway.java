package io.latticeconsole.gateway;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.routing.RoutingPolicy;
import io.latticeconsole.telemetry.LedgerTotals;
import io.latticeconsole.telemetry.SampleBatch;
import java.util.List;

/// A region's gateway, as an actor on the simulation thread: everything it knows came in through one of its methods.
public final class Gateway {
    private static final int BEAT_TICKS = 50;
    private static final int SILENCE_TICKS = 10;
    private static final int ROUTE_TICKS = 500;

    private final Surroundings surroundings;
    private final int region;
    private final GatewayId self;
    private final Book book;
    private final Rows rows;
    private final Ingress ingress;
    private final PeerLinks peers;
    private final FailoverDesk failovers;
    private final OwnNodes nodes;
    private final NodeWatch watch;
    private final ReportDesk reports;
    private final PeerLosses losses;
    private final RouteWatch routes;
    private final OrderDesk orders;
    private final OrderLines lines;
    private final SampleDesk samples;
    private final Paths paths;
    private final ErrorWatch errors;
    private final Membership members;
    private final TrafficTold told = new TrafficTold();
    private final GatewayMail mail;
    private long ticks;
    private volatile boolean controlLost;
    private volatile boolean ingressLost;

    public Gateway(Surroundings surroundings, int region, RoutingPolicy policy, String epoch) {
        this.surroundings = surroundings;
        this.region = region;
        this.self = surroundings.world().regions().get(region).gateway();
        this.rows = new Rows(surroundings, region);
        this.book = new Book(surroundings, this::changed);
        this.ingress = new Ingress(surroundings, rows, region, policy);
        this.peers = new PeerLinks(surroundings, book, rows, region);
        this.nodes = new OwnNodes(surroundings, book, region);
        ReplicaDesk desk = new ReplicaDesk(surroundings, book, nodes);
        this.failovers = new FailoverDesk(surroundings, book, ingress, told, peers, nodes, desk, region);
        this.watch = new NodeWatch(surroundings, book, rows, ingress, nodes, desk, failovers);
        this.reports = new ReportDesk(surroundings, book, rows, nodes, desk, failovers, watch);
        this.orders = new OrderDesk(surroundings, book, rows, ingress, nodes, desk, self);
        this.lines = new OrderLines(surroundings, orders, peers, region);
        this.losses = new PeerLosses(surroundings, ingress.evacuation, region);
        this.routes = new RouteWatch(surroundings, book, ingress.flows, region);
        this.members = new Membership(surroundings, book, nodes, failovers);
        this.samples = new SampleDesk(surroundings, nodes, ingress, region, epoch);
        this.errors = new ErrorWatch(book);
        this.mail = new GatewayMail(surroundings, peers, told, orders, lines, losses, failovers);
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
        begin(coordinator, ReplicaState.READY);
    }

    /// The same where nothing is loaded yet: a replica serves once its node has said so.
    public void beginCold(boolean coordinator) {
        begin(coordinator, ReplicaState.LOADING);
    }

    private void begin(boolean coordinator, ReplicaState first) {
        new Inventory(surroundings, book, region).enter(coordinator);
        nodes.begin(first);
        routes.begin();
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
        return book.snapshot();
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

    public List<GatewayId> unreachablePeers() {
        return peers.unreachable();
    }

    /// Words to a peer can go out again: what it missed need not wait until it asks.
    public void connected(int peer) {
        if (!controlLost()) {
            peers.tellAll(peer);
        }
    }

    public boolean controlLost() {
        return controlLost || ingressLost;
    }

    public boolean ingressLost() {
        return ingressLost;
    }

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

    /// The client does not wait for a request any more.
    public void givenUp(int slot, int stamp) {
        ingress.givenUp(slot, stamp);
    }

    /// Replicas of a model, by index, that requests may go to, those of other regions included.
    public int readyReplicas(int model) {
        return rows.view.admittedRows(model);
    }

    /// Those of them that have as many requests as they take.
    public int fullReplicas(int model) {
        return rows.view.fullRows(model, surroundings.now());
    }

    public void report(NodeReport report) {
        if (!controlLost()) {
            reports.report(report);
        }
    }

    public void answered(NodeAnswer answer) {
        if (!controlLost()) {
            orders.answered(answer);
        }
    }

    /// A machine reset this gateway's connection to it, wherever the machine is.
    public void connectionBroken(int node) {
        if (!ingressLost && !controlLost && nodes.byHandle(node) != null) {
            watch.connectionBroken(node);
        } else if (!ingressLost) {
            ingress.evacuation.moveOff(surroundings.world().nodes().get(node).id());
        }
    }

    /// Where news of machines go that are no reports.
    public Machines machines() {
        return new Machines(rows, ingress.evacuation, book::state, watch);
    }

    public void probed(int site, double rttMs) {
        if (!ingressLost) {
            paths.probed(site, rttMs);
        }
    }

    public void message(GatewayMessage message) {
        if (!controlLost()) {
            mail.take(message);
        }
    }

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
            watch.checkSilence();
        }
        if ((ticks + region) % BEAT_TICKS == 0) {
            peers.beat();
            losses.tellProgress();
        }
        if ((ticks + 7L * region) % ROUTE_TICKS == 100) {
            routes.observe();
        }
        peers.flush();
    }

    /// Just before probes go out, each 500 ms.
    public void judgePaths() {
        if (!ingressLost) {
            paths.judge();
        }
    }

    /// Each second: samples of own nodes, and word to planners elsewhere.
    public SampleBatch second() {
        SampleBatch batch = samples.batch();
        errors.second(batch.models());
        if (!controlLost()) {
            GatewayMessage.Traffic traffic = samples.traffic();
            told.take(traffic);
            peers.toAll(traffic);
        }
        return batch;
    }

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
        loseControl(controlLost);
    }

    /// After its own outage nobody has been silent: it just did not listen.
    private void heardAgain() {
        nodes.all().forEach(node -> node.lastHeard = surroundings.now());
        peers.restart();
    }

    /// Its way to the other gateways, for a coordinator.
    public OrderLines lines() {
        return lines;
    }

    /// Which nodes it has.
    public Membership members() {
        return members;
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
