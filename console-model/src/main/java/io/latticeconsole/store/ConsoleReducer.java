package io.latticeconsole.store;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.EventRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Applies what the wire heard to a [ConsoleState].
///
/// A snapshot is applied whole: what its endpoint published before and does not name any more is gone
/// afterwards, all in one step. Inputs of an endpoint that nobody sought are ignored.
public final class ConsoleReducer {
    private ConsoleReducer() {}

    public static ConsoleState apply(ConsoleState s, ConsoleInput input) {
        return switch (input) {
            case ConsoleInput.EndpointSought i -> EndpointReducer.sought(s, i.address());
            case ConsoleInput.EndpointDropped i -> dropped(s, i.address());
            case ConsoleInput.LinkChanged i ->
                EndpointReducer.changed(s, i.address(), e -> e.withLink(i.link(), i.problem()));
            case ConsoleInput.EndpointDescribed i ->
                EndpointReducer.changed(
                        EndpointReducer.described(s, i.address(), i.info()),
                        i.address(),
                        e -> e.withLink(e.link(), "")
                                .withCertificate(i.certificateEnds())
                                .heardAt(i.heard()));
            case ConsoleInput.CertificateSeen i ->
                EndpointReducer.changed(s, i.address(), e -> e.withCertificate(i.certificateEnds()));
            case ConsoleInput.SnapshotTaken i -> snapshot(s, i);
            case ConsoleInput.DeltaReceived i -> delta(s, i);
            case ConsoleInput.ClockHeard i ->
                EndpointReducer.changed(
                        s, i.address(), e -> e.withClock(i.clock(), i.offset()).heardAt(i.heard()));
            case ConsoleInput.EventsFetched i -> fetched(s, i);
            case ConsoleInput.MessagesRejected i ->
                EndpointReducer.changed(
                        s, i.address(), e -> e.withRejection(e.rejectedMessages() + i.count(), i.problem()));
        };
    }

    private static ConsoleState dropped(ConsoleState s, String address) {
        EndpointState endpoint = s.endpoints().get(address);
        if (endpoint == null) {
            return s;
        }
        ConsoleState next = s;
        for (String key : endpoint.published().keys()) {
            next = OwnershipReducer.withdrawn(next, address, key);
        }
        return EndpointReducer.dropped(next, address);
    }

    private static ConsoleState snapshot(ConsoleState s, ConsoleInput.SnapshotTaken i) {
        EndpointState endpoint = s.endpoints().get(i.address());
        if (endpoint == null) {
            return s;
        }
        Set<String> named = new HashSet<>();
        i.facts().forEach(fact -> named.add(FactReducer.key(fact)));
        named.remove("");
        ConsoleState next = s;
        for (String key : endpoint.published().keys()) {
            next = named.contains(key) ? next : OwnershipReducer.withdrawn(next, i.address(), key);
        }
        for (Fact fact : i.facts()) {
            next = FactReducer.apply(next, i.address(), fact);
        }
        boolean again = endpoint.revision() > 0;
        return EndpointReducer.changed(
                next,
                i.address(),
                e -> e.withContent(i.revision(), i.lastEventSeq(), e.resyncs() + (again ? 1 : 0))
                        .withRejection(e.rejectedMessages(), i.rejected() == 0 ? "" : e.rejection())
                        .heardAt(i.heard()));
    }

    private static ConsoleState delta(ConsoleState s, ConsoleInput.DeltaReceived i) {
        EndpointState endpoint = s.endpoints().get(i.address());
        if (endpoint == null) {
            return s;
        }
        ConsoleState next = s;
        long lastEvent = endpoint.lastEventSeq();
        for (Fact fact : i.facts()) {
            next = FactReducer.apply(next, i.address(), fact);
            lastEvent = fact instanceof Fact.EventLogged(EventRecord event) ? event.seq() : lastEvent;
        }
        long seq = lastEvent;
        return EndpointReducer.changed(
                next,
                i.address(),
                e -> e.withContent(i.revision(), seq, e.resyncs()).heardAt(i.heard()));
    }

    private static ConsoleState fetched(ConsoleState s, ConsoleInput.EventsFetched i) {
        ConsoleState next = s;
        List<EventRecord> events = i.events();
        for (EventRecord event : events) {
            next = FactReducer.logged(next, i.address(), event);
        }
        return i.lost() == 0
                ? next
                : EndpointReducer.changed(
                        next,
                        i.address(),
                        e -> e.withLost(
                                e.eventsLost() + i.lost(), i.lost() + " events are no longer kept by " + i.address()));
    }
}
