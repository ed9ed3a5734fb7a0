package io.latticeconsole.gateway;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A gateway's links to the others: heartbeats, what changed, loads; and who has fallen silent.
final class PeerLinks {
    static final long SILENT_NANOS = 2_500_000_000L;

    private final Surroundings surroundings;
    private final Book book;
    private final Rows rows;
    private final int region;
    private final long[] heard;
    private final long[] boots;
    private final long[] revisions;
    private final boolean[] silent;
    private final long[] askedAt;
    private final Map<Integer, Set<ResourceName>> ownedBy = new HashMap<>();
    private final Map<Integer, RowMap> loadRows = new HashMap<>();
    private List<ReplicaId> ownReplicas = List.of();
    private boolean ownReplicasChanged = true;
    private volatile List<GatewayId> unreachable = List.of();
    private long boot;

    /// Where a sender's load columns go; good for one list of replicas and one size of the view.
    @SuppressWarnings("ArrayRecordComponent") // written once, then only read
    private record RowMap(List<ReplicaId> replicas, int viewSize, int[] rows) {}

    PeerLinks(Surroundings surroundings, Book book, Rows rows, int region) {
        this.surroundings = surroundings;
        this.book = book;
        this.rows = rows;
        this.region = region;
        this.boot = surroundings.wallTime().toEpochMilli();
        int n = surroundings.world().regions().size();
        heard = new long[n];
        boots = new long[n];
        revisions = new long[n];
        askedAt = new long[n];
        silent = new boolean[n];
        java.util.Arrays.fill(revisions, -1);
        java.util.Arrays.fill(askedAt, Long.MIN_VALUE / 2);
    }

    /// The process starts again: peers have to hear everything anew, and so has this one.
    void restart() {
        boot++;
        java.util.Arrays.fill(revisions, -1);
        java.util.Arrays.fill(heard, surroundings.now());
    }

    void ownChanged(LatticeEvent event) {
        ownReplicasChanged |= event instanceof LatticeEvent.ObjectChanged(Replica _)
                || event instanceof LatticeEvent.ObjectRemoved(ReplicaId _);
    }

    boolean reachable(int peer) {
        return peer == region || !silent[peer];
    }

    /// Any thread.
    List<GatewayId> unreachable() {
        return unreachable;
    }

    private void noteUnreachable() {
        List<GatewayId> result = new ArrayList<>();
        for (int r = 0; r < silent.length; r++) {
            if (silent[r]) {
                result.add(surroundings.world().regions().get(r).gateway());
            }
        }
        unreachable = List.copyOf(result);
    }

    /// Sends to every other gateway.
    void toAll(GatewayMessage message) {
        for (int r = 0; r < heard.length; r++) {
            if (r != region) {
                surroundings.send(r, message);
            }
        }
    }

    /// Each tick: what changed goes out.
    void flush() {
        List<LatticeEvent> changes = book.takeForPeers();
        if (!changes.isEmpty()) {
            toAll(new GatewayMessage.Changes(region, book.revision(), List.copyOf(changes)));
        }
    }

    /// Each 500 ms: a heartbeat and the loads; and a look at who has been silent.
    void beat() {
        toAll(new GatewayMessage.Heartbeat(region, boot, book.revision()));
        toAll(loads());
        for (int r = 0; r < heard.length; r++) {
            if (r != region && !silent[r] && surroundings.now() - heard[r] >= SILENT_NANOS) {
                silent[r] = true;
                noteUnreachable();
                log(
                        r,
                        "GATEWAY_UNREACHABLE",
                        Severity.HIGH,
                        " has not been heard for 2.5 s; its nodes are used as last known");
            }
        }
    }

    private void log(int peer, String type, Severity severity, String text) {
        GatewayId id = surroundings.world().regions().get(peer).gateway();
        book.log(type, severity, id.name(), "gateway " + id.code() + text, "", "");
    }

    private GatewayMessage loads() {
        if (ownReplicasChanged) {
            ownReplicasChanged = false;
            List<ReplicaId> ids = new ArrayList<>();
            for (LatticeObject object : book.ownObjects()) {
                if (object instanceof Replica replica) {
                    ids.add(replica.id());
                }
            }
            ownReplicas = List.copyOf(ids);
        }
        int n = ownReplicas.size();
        float[] queue = new float[n];
        float[] inFlight = new float[n];
        float[] slowness = new float[n];
        for (int i = 0; i < n; i++) {
            int row = rows.row(ownReplicas.get(i));
            if (row >= 0) {
                queue[i] = (float) rows.view.waitMs(row, surroundings.now());
                inFlight[i] = (float) rows.view.inFlight(row);
                slowness[i] = (float) rows.view.slowness[row];
            }
        }
        return new GatewayMessage.Loads(region, ownReplicas, queue, inFlight, slowness);
    }

    private void heard(int from) {
        heard[from] = surroundings.now();
        if (silent[from]) {
            silent[from] = false;
            noteUnreachable();
            log(from, "GATEWAY_REACHABLE", Severity.INFO, " is heard again");
        }
    }

    void heartbeat(GatewayMessage.Heartbeat m) {
        heard(m.from());
        if (boots[m.from()] != m.boot() || revisions[m.from()] != m.revision()) {
            ask(m.from());
        }
    }

    private void ask(int from) {
        if (surroundings.now() - askedAt[from] > 1_000_000_000L) {
            askedAt[from] = surroundings.now();
            surroundings.send(from, new GatewayMessage.AskAll(region));
        }
    }

    void changes(GatewayMessage.Changes m) {
        heard(m.from());
        if (revisions[m.from()] >= 0 && m.revision() == revisions[m.from()] + 1) {
            revisions[m.from()] = m.revision();
            Set<ResourceName> theirs = ownedBy.computeIfAbsent(m.from(), _ -> new HashSet<>());
            for (LatticeEvent event : m.events()) {
                switch (event) {
                    case LatticeEvent.ObjectChanged(LatticeObject object) -> theirs.add(object.id());
                    case LatticeEvent.ObjectRemoved(ResourceName id) -> theirs.remove(id);
                }
                book.told(event);
            }
        } else if (m.revision() > revisions[m.from()]) {
            ask(m.from());
        }
    }

    void askedForAll(GatewayMessage.AskAll m) {
        heard(m.from());
        tellAll(m.from());
    }

    void tellAll(int peer) {
        surroundings.send(peer, new GatewayMessage.All(region, boot, book.revision(), book.ownObjects()));
    }

    void all(GatewayMessage.All m) {
        heard(m.from());
        boots[m.from()] = m.boot();
        revisions[m.from()] = m.revision();
        Set<ResourceName> gone = ownedBy.getOrDefault(m.from(), new HashSet<>());
        Set<ResourceName> theirs = new HashSet<>();
        for (LatticeObject object : m.objects()) {
            theirs.add(object.id());
            book.told(new LatticeEvent.ObjectChanged(object));
        }
        gone.removeAll(theirs);
        gone.stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(id -> book.told(new LatticeEvent.ObjectRemoved(id)));
        ownedBy.put(m.from(), theirs);
    }

    void loads(GatewayMessage.Loads m) {
        heard(m.from());
        RowMap map = loadRows.get(m.from());
        if (map == null || !same(map.replicas(), m.replicas()) || map.viewSize() != rows.view.size()) {
            int[] index = m.replicas().stream().mapToInt(rows::row).toArray();
            map = new RowMap(m.replicas(), rows.view.size(), index);
            loadRows.put(m.from(), map);
        }
        int[] index = map.rows();
        for (int i = 0; i < index.length; i++) {
            if (index[i] >= 0) {
                rows.view.report(index[i], surroundings.now(), m.queueMs()[i], m.inFlight()[i], m.slowness()[i]);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the sender keeps one list until its replicas change
    private static boolean same(List<ReplicaId> a, List<ReplicaId> b) {
        return a == b;
    }

    /// Tells all reachable peers of lost nodes; the failover waits for their word.
    void nodesLost(String failover, List<NodeId> nodes, RunningFailover running) {
        for (int r = 0; r < heard.length; r++) {
            if (r != region && !silent[r]) {
                running.awaits(r);
                surroundings.send(r, new GatewayMessage.NodesLost(region, failover, nodes));
            }
        }
    }
}
