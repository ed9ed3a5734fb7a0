package io.latticeconsole.gateway;

import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.lattice.XidCatalog;
import java.util.List;

/// Takes in what a gateway's own nodes report: throttling, accelerators, and the state of every replica.
final class ReportDesk {
    private final Surroundings surroundings;
    private final Book book;
    private final Rows rows;
    private final OwnNodes nodes;
    private final ReplicaDesk desk;
    private final FailoverDesk failovers;
    private final NodeWatch watch;
    private final Takeover takeover;

    ReportDesk(
            Surroundings surroundings,
            Book book,
            Rows rows,
            OwnNodes nodes,
            ReplicaDesk desk,
            FailoverDesk failovers,
            NodeWatch watch) {
        this.surroundings = surroundings;
        this.book = book;
        this.rows = rows;
        this.nodes = nodes;
        this.desk = desk;
        this.failovers = failovers;
        this.watch = watch;
        this.takeover = new Takeover(surroundings, book, nodes, desk);
    }

    void report(NodeReport report) {
        OwnNode node = nodes.byHandle(report.node());
        if (node == null || (node.report != null && report.sentAt() < node.report.sentAt())) {
            return;
        }
        boolean wasThrottled = node.throttled();
        boolean restarted = report.boot() != node.boot;
        node.lastHeard = surroundings.now();
        node.boot = report.boot();
        node.report = report;
        boolean changed = wasThrottled != report.throttled();
        boolean runsOn = node.reason.equals(OwnNode.NOT_HEARD) && takeover.of(node, report);
        if (node.health != Health.UP) {
            watch.returned(node, restarted && !runsOn);
            changed = true;
        } else if (restarted) {
            desk.loadWanted(node);
        }
        if (changed && wasThrottled != report.throttled()) {
            logThrottle(node, report);
        }
        changed |= accelerators(node, report);
        if (changed) {
            nodes.publish(node);
        }
        replicas(node, report);
    }

    private void logThrottle(OwnNode node, NodeReport report) {
        if (report.throttled()) {
            book.log(
                    "NODE_THROTTLED",
                    Severity.HIGH,
                    node.id().name(),
                    nodes.where(node) + " throttles at " + Math.round(report.temperature()) + " °C, limit "
                            + Math.round(OwnNode.THROTTLE_CELSIUS) + " °C; requests there take longer",
                    "",
                    "");
        } else {
            book.log(
                    "NODE_UNTHROTTLED",
                    Severity.INFO,
                    node.id().name(),
                    nodes.where(node) + " runs at full speed again",
                    "",
                    "");
        }
    }

    private boolean accelerators(OwnNode node, NodeReport report) {
        boolean changed = false;
        for (int i = 0; i < Math.min(report.gpus().length, node.gpus()); i++) {
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
                            nodes.where(node) + " GPU " + i + " is in service again",
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
                nodes.where(node) + " GPU " + gpu + " " + XidCatalog.describe(state.lastXid()),
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
        String what = known.model().code() + " " + known.version() + " on " + nodes.where(node);
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
                desk.retire(known.id());
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
                    nodes.where(node) + " serves again: " + count
                            + (count == 1 ? " replica is ready" : " replicas are ready"),
                    "",
                    "");
        }
    }
}
