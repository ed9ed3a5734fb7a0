package io.latticeconsole.app.view.journal;

import io.latticeconsole.app.format.Times;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.SeenEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts events of all gateways in the order of lattice time and marks where a gateway's numbering has a gap that its
/// endpoint reported as lost. Rows of events seen before are the same objects again.
final class JournalLines {
    private static final Comparator<SeenEvent> ORDER = Comparator.comparing(
                    (SeenEvent s) -> s.event().latticeTime())
            .thenComparing(s -> s.gateway().name())
            .thenComparingLong(s -> s.event().seq());

    private IdentityHashMap<SeenEvent, JournalRow> known = new IdentityHashMap<>();

    List<JournalRow> of(ConsoleState state) {
        List<SeenEvent> ordered = new ArrayList<>(state.events());
        ordered.sort(ORDER);
        Map<GatewayId, Long> lost = lostByGateway(state);
        Map<GatewayId, Long> last = new HashMap<>();
        IdentityHashMap<SeenEvent, JournalRow> next = new IdentityHashMap<>();
        List<JournalRow> lines = new ArrayList<>(ordered.size());
        for (SeenEvent seen : ordered) {
            JournalRow gap = gapBefore(seen, last, lost);
            if (gap != null) {
                lines.add(gap);
            }
            JournalRow former = known.get(seen);
            JournalRow row = former == null ? JournalRow.of(state.lattice(), seen) : former;
            next.put(seen, row);
            lines.add(row);
        }
        known = next;
        List<JournalRow> unplaced = new ArrayList<>();
        lost.forEach((gateway, count) -> {
            if (count > 0) {
                unplaced.add(JournalRow.gap("", gateway.code(), count));
            }
        });
        unplaced.sort(Comparator.comparing(JournalRow::gateway));
        lines.addAll(0, unplaced);
        return lines;
    }

    private static @Nullable JournalRow gapBefore(
            SeenEvent seen, Map<GatewayId, Long> last, Map<GatewayId, Long> lost) {
        EventRecord event = seen.event();
        Long before = last.put(seen.gateway(), event.seq());
        long missing = before == null ? 0 : event.seq() - before - 1;
        long reported = lost.getOrDefault(seen.gateway(), 0L);
        if (missing <= 0 || reported <= 0) {
            return null;
        }
        long told = Math.min(missing, reported);
        lost.put(seen.gateway(), reported - told);
        return JournalRow.gap(Times.utc(event.latticeTime()), seen.gateway().code(), told);
    }

    private static Map<GatewayId, Long> lostByGateway(ConsoleState state) {
        Map<GatewayId, Long> lost = new HashMap<>();
        for (EndpointState endpoint : state.endpoints().values()) {
            if (endpoint.info() != null && endpoint.eventsLost() > 0) {
                lost.merge(endpoint.info().gateway(), endpoint.eventsLost(), Long::sum);
            }
        }
        return lost;
    }
}
