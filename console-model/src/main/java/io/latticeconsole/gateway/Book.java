package io.latticeconsole.gateway;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.LatticeReducer;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.operation.Failover;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What a gateway knows and says: its own objects and those it was told of in one state, the facts that wait to be
/// published, and its event log.
final class Book {
    private static final int EVENTS_KEPT = 20_000;
    private static final int FAILOVERS_KEPT = 100;

    private final Surroundings surroundings;
    private final Consumer<LatticeEvent> listener;
    private LatticeState state = LatticeState.EMPTY;
    private final Map<ResourceName, LatticeObject> own = new LinkedHashMap<>();
    private List<Fact> facts = new ArrayList<>();
    private List<LatticeEvent> forPeers = new ArrayList<>();
    private final List<EventRecord> events = new ArrayList<>();
    private final Map<String, Failover> failovers = new LinkedHashMap<>();
    private long etags;
    private long eventSeq;
    private long revision;

    Book(Surroundings surroundings, Consumer<LatticeEvent> listener) {
        this.surroundings = surroundings;
        this.listener = listener;
    }

    LatticeState state() {
        return state;
    }

    /// A new etag, unique within this gateway's epoch.
    String etag() {
        return Long.toString(++etags, 36);
    }

    /// An object of this gateway's own is new or changed.
    void put(LatticeObject object) {
        own.put(object.id(), object);
        changed(new LatticeEvent.ObjectChanged(object));
    }

    /// An object of this gateway's own is gone.
    void remove(ResourceName id) {
        own.remove(id);
        changed(new LatticeEvent.ObjectRemoved(id));
    }

    private void changed(LatticeEvent event) {
        state = LatticeReducer.apply(state, event);
        facts.add(new Fact.LatticeChanged(event));
        forPeers.add(event);
        listener.accept(event);
    }

    /// Another gateway said so.
    void told(LatticeEvent event) {
        state = LatticeReducer.apply(state, event);
        listener.accept(event);
    }

    boolean owns(ResourceName id) {
        return own.containsKey(id);
    }

    List<LatticeObject> ownObjects() {
        return List.copyOf(own.values());
    }

    /// All own objects and failovers, as facts.
    List<Fact> snapshot() {
        List<Fact> all = new ArrayList<>();
        for (LatticeObject object : ownObjects()) {
            all.add(new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(object)));
        }
        failovers.values().forEach(f -> all.add(new Fact.FailoverChanged(f)));
        return all;
    }

    void publish(Fact fact) {
        facts.add(fact);
        if (fact instanceof Fact.FailoverChanged(Failover failover)) {
            failovers.put(failover.id().name(), failover);
            if (failovers.size() > FAILOVERS_KEPT) {
                failovers.remove(failovers.keySet().iterator().next());
            }
        }
    }

    void log(String type, Severity severity, String subject, String message, String operator, String cause) {
        EventRecord event = new EventRecord(
                ++eventSeq,
                surroundings.instant(surroundings.now()),
                surroundings.wallTime(),
                type,
                severity,
                subject,
                message,
                operator,
                cause);
        if (events.size() >= EVENTS_KEPT) {
            events.subList(0, EVENTS_KEPT / 10).clear();
        }
        events.add(event);
        facts.add(new Fact.EventLogged(event));
    }

    List<EventRecord> events() {
        return events;
    }

    List<Failover> failovers() {
        return List.copyOf(failovers.values());
    }

    /// Facts since the last call.
    List<Fact> takeFacts() {
        if (facts.isEmpty()) {
            return List.of();
        }
        List<Fact> taken = facts;
        facts = new ArrayList<>();
        return taken;
    }

    /// Changes that peers have not been told since the last call; each non-empty answer is a new revision.
    List<LatticeEvent> takeForPeers() {
        if (forPeers.isEmpty()) {
            return List.of();
        }
        List<LatticeEvent> taken = forPeers;
        forPeers = new ArrayList<>();
        revision++;
        return taken;
    }

    long revision() {
        return revision;
    }
}
