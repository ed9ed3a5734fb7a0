package io.latticeconsole.gateway;

import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.world.SiteSpec;
import java.util.List;
import java.util.Locale;

/// Judges whether a gateway's own nodes live: by silence, by broken connections, and by reports that come again.
final class NodeWatch {
    static final long SUSPECT_NANOS = 1_500_000_000L;
    static final long DOWN_NANOS = 2_500_000_000L;

    /// Nodes of a site that have been silent for this long go down together with the first of them.
    private static final long TOGETHER_NANOS = 1_900_000_000L;

    private final Surroundings surroundings;
    private final Book book;
    private final Rows rows;
    private final Ingress ingress;
    private final OwnNodes nodes;
    private final ReplicaDesk desk;
    private final FailoverDesk failovers;

    NodeWatch(
            Surroundings surroundings,
            Book book,
            Rows rows,
            Ingress ingress,
            OwnNodes nodes,
            ReplicaDesk desk,
            FailoverDesk failovers) {
        this.surroundings = surroundings;
        this.book = book;
        this.rows = rows;
        this.ingress = ingress;
        this.nodes = nodes;
        this.desk = desk;
        this.failovers = failovers;
    }

    /// A node that was not heard is heard again; `restarted` if it came back with nothing in memory.
    void returned(OwnNode node, boolean restarted) {
        boolean wasDown = node.health == Health.DOWN;
        boolean isNew = node.reason.equals(OwnNode.NOT_HEARD);
        boolean withSite = node.lostWithSite;
        node.lostWithSite = false;
        boolean wasClaimed = !node.claimedBy.isEmpty();
        node.claimedBy = "";
        if (wasClaimed) {
            publishTerm(node.site);
        }
        node.health = Health.UP;
        node.reason = "";
        node.since = surroundings.instant(surroundings.now());
        if (wasDown) {
            ingress.evacuation.nodeReturned(node.id());
        }
        if (wasDown && withSite) {
            logSiteUp(node);
        } else if (wasDown) {
            book.log(
                    "NODE_UP",
                    Severity.INFO,
                    node.id().name(),
                    nodes.where(node)
                            + (isNew ? " is heard for the first time" : " is back")
                            + (restarted ? (isNew ? "" : " after a restart") + "; its models are being loaded" : ""),
                    "",
                    "");
        }
        if (restarted) {
            desk.loadWanted(node);
        } else {
            failovers.stillReady(node);
        }
    }

    /// The first node of a lost site to come back speaks for all.
    private void logSiteUp(OwnNode node) {
        long missing = nodes.all().stream()
                .filter(n -> n.site == node.site && n.lostWithSite)
                .count();
        long lost = nodes.all().stream().filter(n -> n.site == node.site).count();
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

    /// Each 100 ms: who has been silent for too long?
    void checkSilence() {
        long now = surroundings.now();
        for (OwnNode node : nodes.all()) {
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
        nodes.publish(node);
        List<OwnNode> together = silentAt(node.site, surroundings.now(), silence - 600_000_000L);
        if (together.size() == 1 || together.getFirst() == node) {
            book.log(
                    "NODE_SUSPECT",
                    Severity.MEDIUM,
                    node.id().name(),
                    nodes.where(node) + " has been silent for " + String.format(Locale.ROOT, "%.1f", silence / 1e9)
                            + " s",
                    "",
                    "");
        }
    }

    private List<OwnNode> silentAt(int site, long now, long atLeast) {
        return nodes.all().stream()
                .filter(n -> n.site == site && n.health != Health.DOWN && now - n.lastHeard >= atLeast)
                .toList();
    }

    private void silenceIsLoss(OwnNode node, long now) {
        List<OwnNode> silent = silentAt(node.site, now, TOGETHER_NANOS);
        long alive = nodes.all().stream()
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
        OwnNode node = nodes.byHandle(handle);
        if (node != null && node.health != Health.DOWN) {
            down(List.of(node), "connection broken", Math.max(node.lastHeard, surroundings.now() - 1), false);
        }
    }

    /// A machine takes its orders from another gateway: while it does it is not this one's.
    void claimed(int handle, String by) {
        OwnNode node = nodes.byHandle(handle);
        if (node == null || node.claimedBy.equals(by)) {
            return;
        }
        node.claimedBy = by;
        book.log(
                "NODE_CLAIMED",
                Severity.HIGH,
                node.id().name(),
                nodes.where(node) + " takes its orders from " + by + "; those of this gateway are refused",
                "",
                "");
        publishTerm(node.site);
        String cause = "claimed by " + by;
        if (node.health != Health.DOWN) {
            down(List.of(node), cause, node.lastHeard, false);
        } else {
            node.reason = cause;
            nodes.publish(node);
        }
    }

    /// A site with a node that takes another gateway's orders is claimed under term 0, which yields to every other.
    private void publishTerm(int site) {
        boolean yields = nodes.all().stream().anyMatch(n -> n.site == site && !n.claimedBy.isEmpty());
        SiteSpec spec = rows.site(site);
        new Inventory(surroundings, book, spec.region()).enter(spec, yields ? 0 : surroundings.ownershipTerm());
    }

    private void down(List<OwnNode> lost, String cause, long lossAt, boolean wholeSite) {
        for (OwnNode node : lost) {
            node.health = Health.DOWN;
            node.reason = cause;
            node.lostWithSite = wholeSite;
            node.reloading = false;
            node.since = surroundings.instant(surroundings.now());
            nodes.publish(node);
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
            book.log(
                    "NODE_DOWN",
                    Severity.CRITICAL,
                    first.id().name(),
                    nodes.where(first) + " is down: " + cause,
                    "",
                    "");
        }
        failovers.start(wholeSite, lost, cause, surroundings.instant(lossAt));
    }
}
