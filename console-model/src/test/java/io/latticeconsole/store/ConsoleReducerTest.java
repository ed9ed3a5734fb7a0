package io.latticeconsole.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.codec.RandomObjects;
import io.latticeconsole.codec.RandomOperations;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleReducerTest {
    private static final List<String> ADDRESSES = List.of("a:1", "b:1");
    private static final Instant HEARD = Instant.parse("2026-03-01T12:00:00Z");

    /// What each endpoint published, kept in the plainest way.
    private final Map<String, Map<String, Object>> reference = new HashMap<>();

    private ConsoleState state = ConsoleState.EMPTY;

    private void apply(ConsoleInput input) {
        state = ConsoleReducer.apply(state, input);
    }

    private void begin() {
        for (String address : ADDRESSES) {
            apply(new ConsoleInput.EndpointSought(address));
            reference.put(address, new HashMap<>());
        }
    }

    /// Facts that this endpoint may publish: every object has one owner.
    private static List<Fact> facts(RandomOperations random, String address, int count) {
        List<Fact> facts = new ArrayList<>();
        while (facts.size() < count) {
            Fact fact = random.fact();
            String key = FactReducer.key(fact) + FactReducer.removedKey(fact);
            String site = Published.site(key);
            String owned = site.isEmpty() ? key : site;
            if (!key.isEmpty() && ADDRESSES.get(owned.hashCode() & 1).equals(address)) {
                facts.add(fact);
            }
        }
        return facts;
    }

    private static Object content(Fact fact) {
        return switch (fact) {
            case Fact.LatticeChanged(LatticeEvent.ObjectChanged(LatticeObject object)) -> object;
            case Fact.OperationChanged(var operation) -> operation;
            case Fact.FailoverChanged(var failover) -> failover;
            case Fact.ArmTaken(var arm) -> arm;
            case Fact.FaultChanged(var fault) -> fault;
            default -> throw new AssertionError(fact);
        };
    }

    private static void expect(Map<String, Object> known, List<Fact> facts) {
        for (Fact fact : facts) {
            if (FactReducer.key(fact).isEmpty()) {
                known.remove(FactReducer.removedKey(fact));
            } else {
                known.put(FactReducer.key(fact), content(fact));
            }
        }
    }

    private static Map<String, Object> contents(ConsoleState s) {
        Map<String, Object> all = new HashMap<>();
        s.lattice().regions().values().forEach(o -> all.put(o.id().name(), o));
        s.lattice().sites().values().forEach(o -> all.put(o.id().name(), o));
        s.lattice().nodes().values().forEach(o -> all.put(o.id().name(), o));
        s.lattice().models().values().forEach(o -> all.put(o.id().name(), o));
        s.lattice().replicas().values().forEach(of -> of.values().forEach(o -> all.put(o.id().name(), o)));
        s.lattice().routes().values().forEach(o -> all.put(o.id().name(), o));
        s.lattice().paths().values().forEach(o -> all.put(o.id().name(), o));
        s.operations().values().forEach(o -> all.put(o.id().name(), o));
        s.failovers().values().forEach(o -> all.put(o.id().name(), o));
        s.arms().values().forEach(o -> all.put("arms/" + o.planHash(), o));
        s.faults().values().forEach(o -> all.put(o.name(), o));
        return all;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void randomSnapshotsAndDeltasOfTwoEndpointsLeaveWhatAPlainMapHolds(long seed) {
        RandomOperations operations = new RandomOperations(new RandomObjects(seed));
        Random random = new Random(seed);
        begin();
        Set<NodeId> seen = new HashSet<>();
        for (int step = 1; step <= 300; step++) {
            String address = ADDRESSES.get(random.nextInt(2));
            Map<String, Object> known = Objects.requireNonNull(reference.get(address));
            List<Fact> facts = facts(operations, address, random.nextInt(20));
            if (random.nextInt(10) == 0) {
                known.clear();
                facts.removeIf(fact -> FactReducer.key(fact).isEmpty());
                apply(new ConsoleInput.SnapshotTaken(address, "e", step, 1, 0, facts, HEARD));
            } else {
                apply(new ConsoleInput.DeltaReceived(address, "e", step, 1, facts, HEARD));
            }
            expect(known, facts);
            Map<String, Object> all = new HashMap<>();
            reference.values().forEach(all::putAll);
            assertEquals(all, contents(state));
            seen.addAll(state.lattice().nodes().keySet());
            assertEquals(
                    step, Objects.requireNonNull(state.endpoints().get(address)).revision());
        }
        assertTrue(state.nodes().size() >= seen.size());
        seen.forEach(
                id -> assertEquals(id, state.nodes().ids().get(state.nodes().index(id))));
        apply(new ConsoleInput.EndpointDropped("a:1"));
        assertEquals(reference.get("b:1"), contents(state));
    }

    @Test
    void theVersionGrowsAndTheTopologyOnlyWithPlacesAndNodes() {
        RandomObjects random = new RandomObjects(9);
        begin();
        var node = random.node();
        var changed = new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(node));
        apply(new ConsoleInput.DeltaReceived("a:1", "e", 1, 1, List.of(changed), HEARD));
        ConsoleState before = state;
        assertEquals(1, before.topologyVersion());
        apply(new ConsoleInput.DeltaReceived("a:1", "e", 2, 1, List.of(changed), HEARD));
        assertEquals(1, state.topologyVersion());
        assertNotEquals(before.version(), state.version());
        var removed = new Fact.LatticeChanged(new LatticeEvent.ObjectRemoved(node.id()));
        apply(new ConsoleInput.DeltaReceived("a:1", "e", 3, 1, List.of(removed), HEARD));
        assertEquals(2, state.topologyVersion());
    }

    @Test
    void eventsKeepTheirTimeOrderAndTheOldestGo() {
        begin();
        EndpointInfo info = new RandomObjects(4).endpoint();
        apply(new ConsoleInput.EndpointDescribed("a:1", info, HEARD));
        List<EventRecord> late = new ArrayList<>();
        List<Fact> stream = new ArrayList<>();
        RandomObjects random = new RandomObjects(5);
        for (int i = 1; i <= FactReducer.MAX_EVENTS + 500; i++) {
            EventRecord any = random.event(i);
            Instant wall = HEARD.plusSeconds(i);
            EventRecord event = new EventRecord(
                    i,
                    wall,
                    wall,
                    any.type(),
                    any.severity(),
                    any.subject(),
                    any.message(),
                    any.operator(),
                    any.cause());
            if (i % 7 == 3) {
                late.add(event);
            } else {
                stream.add(new Fact.EventLogged(event));
            }
            if (i % 1000 == 0) {
                apply(new ConsoleInput.DeltaReceived("a:1", "e", i, 1, stream, HEARD));
                apply(new ConsoleInput.EventsFetched("a:1", late, 0));
                stream.clear();
                late.clear();
            }
        }
        assertEquals(FactReducer.MAX_EVENTS, state.events().size());
        for (int i = 1; i < state.events().size(); i++) {
            assertEquals(
                    state.events().get(i - 1).event().seq() + 1,
                    state.events().get(i).event().seq());
        }
        assertEquals(info.gateway(), state.events().getFirst().gateway());
    }

    /// Rejections come from the stream's thread and link states from the wire's lane, in any order.
    @Test
    void whatAMessageWasRejectedForStaysWhateverTheLinkIsUntilAWholeSnapshotComes() {
        begin();
        apply(new ConsoleInput.MessagesRejected("a:1", 2, "a:1 sent nonsense"));
        apply(new ConsoleInput.LinkChanged("a:1", LinkState.LIVE, ""));
        apply(new ConsoleInput.EndpointDescribed("a:1", new RandomObjects(4).endpoint(), HEARD));
        assertEquals("a:1 sent nonsense", endpoint().rejection());
        assertEquals("", endpoint().problem());
        apply(new ConsoleInput.LinkChanged("a:1", LinkState.LOST, "a:1 is gone"));
        assertEquals("a:1 sent nonsense", endpoint().rejection());
        assertEquals("a:1 is gone", endpoint().problem());
        apply(new ConsoleInput.MessagesRejected("a:1", 1, "a:1 sent worse"));
        apply(new ConsoleInput.SnapshotTaken("a:1", "e", 1, 1, 0, List.of(), 1, HEARD));
        assertEquals("a:1 sent worse", endpoint().rejection());
        apply(new ConsoleInput.DeltaReceived("a:1", "e", 2, 1, List.of(), HEARD));
        assertEquals("a:1 sent worse", endpoint().rejection());
        apply(new ConsoleInput.SnapshotTaken("a:1", "e", 3, 1, 0, List.of(), 0, HEARD));
        assertEquals("", endpoint().rejection());
        assertEquals(3, endpoint().rejectedMessages());
    }

    private EndpointState endpoint() {
        return Objects.requireNonNull(state.endpoints().get("a:1"));
    }

    @Test
    void whatNobodySoughtIsIgnored() {
        assertSame(
                state,
                ConsoleReducer.apply(
                        state,
                        new ConsoleInput.DeltaReceived(
                                "x:1", "e", 1, 1, List.of(new RandomObjects(1).changed()), HEARD)));
        assertNull(state.ownerOf(new RandomObjects(1).regionId()));
    }
}
