package io.latticeconsole.gateway;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverId;
import io.latticeconsole.operation.FailoverPhase;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.plan.LossForecast;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A failover on its way.
final class RunningFailover {
    /// A peer that has not confirmed by then is not waited for.
    private static final long CONFIRM_NANOS = 3_000_000_000L;

    private static final long WARM_NANOS = 240_000_000_000L;
    private static final long PUBLISH_NANOS = 500_000_000L;

    private final Surroundings surroundings;
    private final Book book;
    private final String name;
    private final ResourceName subject;
    private final String where;
    private final String cause;
    private final Instant loss;
    private final List<Replica> lostReplicas;
    private final OwnNodes nodes;
    private final ReplicaDesk desk;
    private final long startedAt;
    private final EnumMap<FailoverPhase, Instant> reached = new EnumMap<>(FailoverPhase.class);
    private final List<LossTally> tallies = new ArrayList<>();
    private final Map<Integer, GatewayMessage.Moved> peerCounts = new HashMap<>();
    private final Set<Integer> unconfirmed = new HashSet<>();
    private final Set<ReplicaId> warming = new HashSet<>();
    private final List<Placement> placements = new ArrayList<>();
    private final FlowChange flowChange;
    private final TrafficTold told;
    private List<SiteEffect> predicted = List.of();
    private List<SiteEffect> effects = List.of();
    private FailoverPhase phase = FailoverPhase.DETECT;
    private long publishedAt;
    private boolean changed;

    RunningFailover(
            Surroundings surroundings,
            Book book,
            Flows flows,
            TrafficTold told,
            String name,
            ResourceName subject,
            String where,
            String cause,
            Instant loss,
            List<Replica> lostReplicas,
            OwnNodes nodes,
            ReplicaDesk desk) {
        this.surroundings = surroundings;
        this.book = book;
        this.told = told;
        this.name = name;
        this.subject = subject;
        this.where = where;
        this.cause = cause;
        this.loss = loss;
        this.lostReplicas = new ArrayList<>(lostReplicas);
        this.nodes = nodes;
        this.desk = desk;
        this.startedAt = surroundings.now();
        this.flowChange = new FlowChange(surroundings.world(), flows, lostReplicas);
    }

    String name() {
        return name;
    }

    void add(LossTally tally) {
        tally.failover = name;
        tallies.add(tally);
    }

    void awaits(int peer) {
        unconfirmed.add(peer);
    }

    void reach(FailoverPhase done) {
        reached.put(done, surroundings.instant(surroundings.now()));
        phase = switch (done) {
            case DETECT -> FailoverPhase.DECIDE;
            case DECIDE -> FailoverPhase.REROUTE;
            case REROUTE -> FailoverPhase.WARM;
            case WARM, RECOVERED -> FailoverPhase.RECOVERED;
        };
        changed = true;
    }

    void moved(GatewayMessage.Moved message) {
        unconfirmed.remove(message.from());
        peerCounts.put(message.from(), message);
        changed = true;
    }

    /// Takes on another replica of the same node, lost a moment later; whether it did.
    boolean takesAlso(NodeId node, Replica replica) {
        if (!subject.equals(node) || reached.containsKey(FailoverPhase.DECIDE)) {
            return false;
        }
        lostReplicas.add(replica);
        return true;
    }

    void replicaReady(ReplicaId id) {
        changed |= warming.remove(id);
    }

    /// What it was to stand in for is back.
    void notNeeded(ReplicaId id) {
        changed |= warming.remove(id);
    }

    void replicaFailed(ReplicaId id) {
        changed |= warming.remove(id);
    }

    /// Moves on; whether it is over.
    boolean tick() {
        switch (phase) {
            case DETECT -> {}
            case DECIDE -> {
                if (surroundings.now() > startedAt) {
                    decide();
                    reach(FailoverPhase.DECIDE);
                }
            }
            case REROUTE -> {
                if (unconfirmed.isEmpty() || surroundings.now() - startedAt > CONFIRM_NANOS) {
                    reach(FailoverPhase.REROUTE);
                }
            }
            case WARM -> {
                if (warming.isEmpty() || surroundings.now() - startedAt > WARM_NANOS) {
                    reach(FailoverPhase.WARM);
                }
            }
            case RECOVERED -> {
                if (open() == 0 && surroundings.now() - startedAt > CONFIRM_NANOS) {
                    recovered();
                    return true;
                }
            }
        }
        for (LossTally tally : tallies) {
            changed |= tally.takeChanged();
        }
        if (effects.isEmpty() && surroundings.now() - startedAt > 5_000_000_000L) {
            effects = flowChange.effects();
            changed |= !effects.isEmpty();
        }
        if (changed && (publishedAt == 0 || surroundings.now() - publishedAt >= PUBLISH_NANOS || isFresh())) {
            publish();
        }
        return false;
    }

    private boolean isFresh() {
        return reached.containsValue(surroundings.instant(surroundings.now()));
    }

    private void publish() {
        changed = false;
        publishedAt = surroundings.now();
        book.publish(new Fact.FailoverChanged(object()));
    }

    private void decide() {
        predicted = LossForecast.effects(book.state(), told.view(), lostReplicas);
        for (Replica replica : lostReplicas) {
            int model = indexOf(replica);
            OwnNode host = desk.roomFor(model, siteIndexOf(replica));
            if (host == null) {
                continue;
            }
            ReplicaId placed = desk.place(host, model, replica.version(), replica.id());
            if (placed != null) {
                warming.add(placed);
                placements.add(new Placement(
                        replica.model(),
                        host.id(),
                        surroundings.world().models().get(model).loadSeconds()));
            }
        }
    }

    private int indexOf(Replica replica) {
        for (int m = 0; m < surroundings.world().models().size(); m++) {
            if (surroundings.world().models().get(m).id().equals(replica.model())) {
                return m;
            }
        }
        throw new IllegalStateException("replica " + replica.id() + " is of the unknown model " + replica.model());
    }

    private int siteIndexOf(Replica replica) {
        OwnNode node = nodes.byId(replica.id().node());
        return node == null ? -1 : node.site;
    }

    private void recovered() {
        reached.put(FailoverPhase.RECOVERED, surroundings.instant(surroundings.now()));
        phase = FailoverPhase.RECOVERED;
        publish();
        Failover f = object();
        String number = name.substring(name.lastIndexOf('/') + 1);
        String text = String.format(
                Locale.ROOT,
                "%s: %s recovered after %.1f s; of %d requests in flight %d retried, %d streams continued, %d lost",
                number,
                where,
                (surroundings.now() - startedAt) / 1e9,
                f.inFlightAtLoss(),
                f.retried(),
                f.migrated(),
                f.lost());
        book.log("FAILOVER_RECOVERED", f.lost() > 0 ? Severity.MEDIUM : Severity.INFO, subject.name(), text, "", name);
    }

    private int open() {
        int open = 0;
        for (LossTally tally : tallies) {
            open += tally.open;
        }
        for (GatewayMessage.Moved m : peerCounts.values()) {
            open += m.open();
        }
        return open;
    }

    Failover object() {
        int[] sum = new int[4];
        for (LossTally t : tallies) {
            add(sum, t.inFlight, t.retried, t.migrated, t.lost);
        }
        for (GatewayMessage.Moved m : peerCounts.values()) {
            add(sum, m.inFlight(), m.retried(), m.migrated(), m.lost());
        }
        double w = surroundings.requestWeight();
        return new Failover(
                new FailoverId(name),
                subject,
                cause,
                loss,
                phase == FailoverPhase.RECOVERED && !reached.containsKey(phase) ? FailoverPhase.WARM : phase,
                reached,
                (int) (sum[0] * w),
                (int) (sum[1] * w),
                (int) (sum[2] * w),
                (int) (sum[3] * w),
                effects,
                placements,
                predicted);
    }

    private static void add(int[] sum, int inFlight, int retried, int migrated, int lost) {
        sum[0] += inFlight;
        sum[1] += retried;
        sum[2] += migrated;
        sum[3] += lost;
    }
}
