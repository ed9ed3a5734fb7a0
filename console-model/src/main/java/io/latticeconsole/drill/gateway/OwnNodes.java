package io.latticeconsole.drill.gateway;

import io.latticeconsole.drill.world.ModelSpec;
import io.latticeconsole.drill.world.NodeSpec;
import io.latticeconsole.drill.world.WorldSpec;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.unit.PerSecond;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A gateway's own nodes: takes their reports, notices silence and broken connections, and keeps their objects.
final class OwnNodes {
    static final long SUSPECT_NANOS = 1_500_000_000L;
    static final long DOWN_NANOS = 2_500_000_000L;

    /// Nodes of a site that have been silent for this long go down together with the first of them.
    private static final long TOGETHER_NANOS = 1_900_000_000L;

    private final Surroundings surroundings;
    private final WorldSpec world;
    private final Book book;
    private final Rows rows;
    private final Ingress ingress;
    private final FailoverDesk failovers;
    private final List<OwnNode> nodes = new ArrayList<>();
    private final Map<Integer, OwnNode> byHandle = new HashMap<>();
    private final Map<NodeId, OwnNode> byId = new HashMap<>();

    OwnNodes(Surroundings surroundings, Book book, Rows rows, Ingress ingress, FailoverDesk failovers, int region) {
        this.surroundings = surroundings;
        this.world = surroundings.world();
        this.book = book;
        this.rows = rows;
        this.ingress = ingress;
        this.failovers = failovers;
        for (int i = 0; i < world.nodes().size(); i++) {
            if (world.regionOf(i) == region) {
                OwnNode node = new OwnNode(world, i, nodes.size(), surroundings.instant(0));
                nodes.add(node);
                byHandle.put(i, node);
                byId.put(node.id(), node);
            }
        }
    }

    List<OwnNode> all() {
        return nodes;
    }

    @Nullable
    OwnNode byId(NodeId id) {
        return byId.get(id);
    }

    @Nullable
    OwnNode byHandle(int handle) {
        return byHandle.get(handle);
    }

    /// Enters all nodes and their first replicas in the book.
    void begin() {
        for (OwnNode node : nodes) {
            Expectation.update(world, node, 1);
            publish(node);
            for (NodeSpec.Placed p : node.spec.replicas()) {
                putReplica(node, p.code(), ReplicaState.READY, "");
            }
        }
    }

    void publish(OwnNode node) {
        Node before = book.state().nodes().get(node.id());
        Node now = node.object(before == null ? book.etag() : before.etag());
        book.put(before == null || sameButLoad(before, now) ? now : node.object(book.etag()));
    }

    /// Whether nothing has changed that a plan could rest on: bands and throttling follow the load.
    private static boolean sameButLoad(Node a, Node b) {
        return a.adminState() == b.adminState()
                && a.health() == b.health()
                && a.accelerators().equals(b.accelerators());
    }

    void putReplica(OwnNode node, String code, ReplicaState state, String message) {
        OwnNode.Wanted wanted = node.wanted.get(code);
        if (wanted == null) {
            return;
        }
        ModelSpec model = world.models().get(wanted.model());
        book.put(new Replica(
                node.replicaId(code),
                model.id(),
                wanted.version(),
                state,
                wanted.count(),
                model.maxBatch(),
                new PerSecond(model.capacityOn(node.spec.nodeClass().type())),
                message,
                book.etag()));
    }

    void report(NodeReport report) {
        OwnNode node = byHandle.get(report.node());
        if (node == null || (node.report != null && report.sentAt() < node.report.sentAt())) {
            return;
        }
        boolean wasThrottled = node.throttled();
        boolean restarted = report.boot() != node.boot;
        node.lastHeard = surroundings.now();
        node.boot = report.boot();
        node.report = report;
        boolean changed = wasThrottled != report.throttled();
        if (node.health != Health.UP) {
            returned(node, restarted);
            changed = true;
        } else if (restarted) {
            loadWanted(node);
        }
        if (changed && wasThrottled != report.throttled()) {
            logThrottle(node, report);
        }
        changed |= accelerators(node, report);
        if (changed) {
            publish(node);
        }
        replicas(node, report);
    }

    private void logThrottle(OwnNode node, NodeReport report) {
        if (report.throttled()) {
            book.log(
                    "NODE_THROTTLED",
                    Severity.HIGH,
                    node.id().name(),
                    where(node) + " throttles at " + Math.round(report.temperature()) + " °C, limit "
                            + Math.round(OwnNode.THROTTLE_CELSIUS) + " °C; requests there take longer",
                    "",
                    "");
        } else {
            book.log(
                    "NODE_UNTHROTTLED",
                    Severity.INFO,
                    node.id().name(),
                    where(node) + " runs at full speed again",
                    "",
                    "");
        }
    }

    private void returned(OwnNode node, boolean restarted) {
        boolean wasDown = node.health == Health.DOWN;
        boolean withSite = node.lostWithSite;
        node.lostWithSite = false;
        node.health = Health.UP;
        node.reason = "";
        node.since = surroundings.instant(surroundings.now());
        if (wasDown) {
            ingress.nodeReturned(node.id());
        }
        if (wasDown && withSite) {
            logSiteUp(node);
        } else if (wasDown) {
            book.log(
                    "NODE_UP",
                    Severity.INFO,
                    node.id().name(),
                    where(node) + " is back" + (restarted ? " after a restart; its models are being loaded" : ""),
                    "",
                    "");
        }
        if (restarted) {
            loadWanted(node);
        }
    }

    /// The first node of a lost site to come back speaks for all.
    private void logSiteUp(OwnNode node) {
        long missing = nodes.stream()
                .filter(n -> n.site == node.site && n.lostWithSite)
                .count();
        long lost = nodes.stream().filter(n -> n.site == node.site).count();
        if (missing == lost - 1) {
            book.log(
                    "SITE_UP",
                    Severity.INFO,
                    rows.site(node.site).id().name(),
                    rows.site(node.site).code() + " answers again; its nodes are coming back",
                    "",
                    "");
        }
    }

    /// After a restart nothing is in memory: loads all that should be there.
    private void loadWanted(OwnNode node) {
        node.reloading = true;
        node.wanted.forEach((code, wanted) -> {
            putReplica(node, code, ReplicaState.LOADING, "");
            surroundings.command(node.handle, new NodeCommand.Load(code, wanted.model(), wanted.version()));
        });
    }

    private boolean accelerators(OwnNode node, NodeReport report) {
        boolean changed = false;
        for (int i = 0; i < report.gpus().length; i++) {
            NodeReport.Gpu gpu = report.gpus()[i];
            int before = node.xid(i);
            if (node.gpu(i, gpu.healthy(), gpu.lastXid())) {
                changed = true;
                if (gpu.lastXid() != 0 && gpu.lastXid() != before) {
                    logXid(node, i, gpu);
                } else if (gpu.lastXid() == 0) {
                    book.log(
                            "ACCELERATOR_RECOVERED",
                            Severity.INFO,
                            node.id().name(),
                            where(node) + " GPU " + i + " is in service again",
                            "",
                            "");
                }
            }
        }
        return changed;
    }

    private void logXid(OwnNode node, int gpu, NodeReport.Gpu state) {
        XidCatalog.Entry entry = XidCatalog.entries().get(state.lastXid());
        boolean harmless = entry != null && entry.effect() == XidCatalog.Effect.NONE;
        book.log(
                "ACCELERATOR_FAULT",
                state.healthy() ? (harmless ? Severity.LOW : Severity.MEDIUM) : Severity.HIGH,
                node.id().name(),
                where(node) + " GPU " + gpu + " " + XidCatalog.describe(state.lastXid()),
                "",
                "");
    }

    private void replicas(OwnNode node, NodeReport report) {
        for (NodeReport.Replica r : report.replicas()) {
            ReplicaId id = node.replicaId(r.code());
            int row = rows.row(id);
            if (row >= 0) {
                rows.view.report(row, surroundings.now(), r.queueMs(), r.batch() + (double) r.queued(), r.slowness());
            }
            Replica known = book.state().replica(id);
            if (known != null && (known.state() != r.state() || !known.message().equals(r.message()))) {
                replicaChanged(node, known, r);
            }
        }
        for (Replica known : List.copyOf(book.state().replicasOf(node.id()))) {
            String code = known.id().code();
            if (!node.wanted.containsKey(code) && !has(report, code)) {
                book.remove(known.id());
            }
        }
    }

    private static boolean has(NodeReport report, String code) {
        for (NodeReport.Replica r : report.replicas()) {
            if (r.code().equals(code)) {
                return true;
            }
        }
        return false;
    }

    private void replicaChanged(OwnNode node, Replica known, NodeReport.Replica now) {
        book.put(new Replica(
                known.id(),
                known.model(),
                known.version(),
                now.state(),
                known.acceleratorCount(),
                known.maxBatch(),
                known.capacity(),
                now.message(),
                book.etag()));
        String what = known.model().code() + " " + known.version() + " on " + where(node);
        if (now.state() == ReplicaState.READY) {
            if (!node.reloading) {
                book.log("REPLICA_READY", Severity.INFO, known.id().name(), what + " is ready", "", "");
            }
            failovers.replicaReady(known.id());
            reloaded(node);
        } else if (now.state() == ReplicaState.FAILED) {
            book.log("REPLICA_FAILED", Severity.MEDIUM, known.id().name(), what + " failed: " + now.message(), "", "");
            failovers.replicaFailed(node, known.id(), now.message());
            if (now.message().startsWith("no room")) {
                retire(known.id());
            }
        }
    }

    private void reloaded(OwnNode node) {
        boolean whole = book.state().replicasOf(node.id()).stream().allMatch(r -> r.state() == ReplicaState.READY);
        if (node.reloading && whole) {
            node.reloading = false;
            int count = book.state().replicasOf(node.id()).size();
            book.log(
                    "NODE_READY",
                    Severity.INFO,
                    node.id().name(),
                    where(node) + " serves again: " + count + " replicas are ready",
                    "",
                    "");
        }
    }

    /// Each 100 ms: who has been silent for too long?
    void checkSilence() {
        long now = surroundings.now();
        for (OwnNode node : nodes) {
            long silence = now - node.lastHeard;
            if (node.health == Health.UP && silence >= SUSPECT_NANOS) {
                suspect(node, silence);
            }
            if (node.health == Health.SUSPECT && silence >= DOWN_NANOS) {
                silenceIsLoss(node, now);
            }
        }
    }

    private void suspect(OwnNode node, long silence) {
        node.health = Health.SUSPECT;
        node.reason = "silent";
        node.since = surroundings.instant(surroundings.now());
        publish(node);
        List<OwnNode> together = silentAt(node.site, surroundings.now(), silence - 600_000_000L);
        if (together.size() == 1 || together.getFirst() == node) {
            book.log(
                    "NODE_SUSPECT",
                    Severity.MEDIUM,
                    node.id().name(),
                    where(node) + " has been silent for " + String.format(java.util.Locale.ROOT, "%.1f", silence / 1e9)
                            + " s",
                    "",
                    "");
        }
    }

    private List<OwnNode> silentAt(int site, long now, long atLeast) {
        return nodes.stream()
                .filter(n -> n.site == site && n.health != Health.DOWN && now - n.lastHeard >= atLeast)
                .toList();
    }

    private void silenceIsLoss(OwnNode node, long now) {
        List<OwnNode> silent = silentAt(node.site, now, TOGETHER_NANOS);
        long alive = nodes.stream()
                .filter(n -> n.site == node.site && n.health != Health.DOWN)
                .count();
        if (silent.size() > 1 && silent.size() == alive) {
            down(silent, "all its nodes fell silent: power or uplink", node.lastHeard, true);
        } else {
            down(List.of(node), "silent for 2.5 s", node.lastHeard, false);
        }
    }

    /// A machine reset the gateway's connection: it is there, but its server is not.
    void connectionBroken(int handle) {
        OwnNode node = byHandle.get(handle);
        if (node != null && node.health != Health.DOWN) {
            down(List.of(node), "connection broken", Math.max(node.lastHeard, surroundings.now() - 1), false);
        }
    }

    private void down(List<OwnNode> lost, String cause, long lossAt, boolean wholeSite) {
        for (OwnNode node : lost) {
            node.health = Health.DOWN;
            node.reason = cause;
            node.lostWithSite = wholeSite;
            node.reloading = false;
            node.since = surroundings.instant(surroundings.now());
            publish(node);
        }
        OwnNode first = lost.getFirst();
        String site = rows.site(first.site).code();
        if (wholeSite) {
            book.log(
                    "SITE_DOWN",
                    Severity.CRITICAL,
                    rows.site(first.site).id().name(),
                    site + " is lost with " + lost.size() + " nodes: " + cause,
                    "",
                    "");
        } else {
            book.log("NODE_DOWN", Severity.CRITICAL, first.id().name(), where(first) + " is down: " + cause, "", "");
        }
        failovers.start(wholeSite, lost, cause, surroundings.instant(lossAt), this);
    }

    /// Another node of this gateway with room for a replica of the model, or null: healthy, serving, the right tier,
    /// the
    /// emptiest first, other sites than the lost one first.
    @Nullable
    OwnNode roomFor(int model, int avoidSite) {
        ModelSpec spec = world.models().get(model);
        OwnNode best = null;
        double least = Double.POSITIVE_INFINITY;
        for (OwnNode node : nodes) {
            var type = node.spec.nodeClass().type();
            if (node.health == Health.UP
                    && node.admin == io.latticeconsole.lattice.AdminState.SERVING
                    && spec.tiers().contains(world.sites().get(node.site).tier())
                    && spec.runsOn(type)
                    && node.room.find(spec.billions(), spec.sizeBytes(), spec.acceleratorsOn(type)) >= 0) {
                double score = node.room.used() + (node.site == avoidSite ? 1 : 0);
                if (score < least) {
                    least = score;
                    best = node;
                }
            }
        }
        return best;
    }

    /// Starts a replica on a node; its id, or null where there is no room after all.
    @Nullable
    ReplicaId place(OwnNode node, int model, String version, @Nullable ReplicaId standsFor) {
        String base = world.models().get(model).id().code() + "-";
        int n = 1;
        while (node.wanted.containsKey(base + n) || book.state().replica(node.replicaId(base + n)) != null) {
            n++;
        }
        return placeAs(node, base + n, model, version, standsFor) ? node.replicaId(base + n) : null;
    }

    boolean placeAs(OwnNode node, String code, int model, String version, @Nullable ReplicaId standsFor) {
        ModelSpec spec = world.models().get(model);
        int count = spec.acceleratorsOn(node.spec.nodeClass().type());
        int first = node.room.take(spec.billions(), spec.sizeBytes(), count);
        if (first < 0) {
            return false;
        }
        node.wanted.put(code, new OwnNode.Wanted(model, version, first, count, standsFor));
        putReplica(node, code, ReplicaState.LOADING, "");
        surroundings.command(node.handle, new NodeCommand.Load(code, model, version));
        return true;
    }

    /// Lets a replica finish and go; false if there is none of that name.
    boolean retire(ReplicaId id) {
        OwnNode node = byId.get(id.node());
        OwnNode.Wanted wanted = node == null ? null : node.wanted.remove(id.code());
        if (node == null || wanted == null) {
            return false;
        }
        ModelSpec spec = world.models().get(wanted.model());
        node.room.release(wanted.first(), spec.billions(), spec.sizeBytes(), wanted.count());
        surroundings.command(node.handle, new NodeCommand.Retire(id.code()));
        if (node.health == Health.DOWN) {
            book.remove(id);
        }
        return true;
    }

    String where(OwnNode node) {
        return rows.site(node.site).code() + " " + node.id().code();
    }
}
