package io.latticeconsole.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.codec.RandomObjects;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Watts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several endpoints that claim the same sites, against a plain reference: what is shown depends on what each publishes
/// now, and on nothing else.
class OwnershipTest {
    private static final Instant HEARD = Instant.parse("2026-03-01T12:00:00Z");
    private static final RegionId EU = new RegionId("regions/eu");
    private static final SiteId PARIS = new SiteId("regions/eu/sites/par-1");
    private static final List<String> ADDRESSES = List.of("a:1", "b:1", "c:1", "d:1");
    /// c and d call themselves by one name.
    private static final Map<String, GatewayId> GATEWAYS = Map.of(
            "a:1", new GatewayId("gateways/z"),
            "b:1", new GatewayId("gateways/y"),
            "c:1", new GatewayId("gateways/x"),
            "d:1", new GatewayId("gateways/x"));

    private ConsoleState state = ConsoleState.EMPTY;
    private final Map<String, Map<String, LatticeObject>> published = new TreeMap<>();

    private static GatewayId gateway(String address) {
        return Objects.requireNonNull(GATEWAYS.get(address));
    }

    private void come(String address) {
        EndpointInfo any = new RandomObjects(1).endpoint();
        EndpointInfo info = new EndpointInfo(
                any.lattice(),
                any.displayName(),
                any.contractVersion(),
                any.mode(),
                any.epoch(),
                gateway(address),
                any.owns(),
                any.peers(),
                any.coordinator(),
                any.clock(),
                any.capabilities(),
                1,
                1);
        apply(new ConsoleInput.EndpointSought(address));
        apply(new ConsoleInput.EndpointDescribed(address, info, HEARD));
        apply(new ConsoleInput.LinkChanged(address, LinkState.LIVE, ""));
        published.put(address, new TreeMap<>());
    }

    private void go(String address) {
        apply(new ConsoleInput.EndpointDropped(address));
        published.remove(address);
    }

    private void apply(ConsoleInput input) {
        state = ConsoleReducer.apply(state, input);
    }

    private void tell(String address, LatticeObject... objects) {
        List<Fact> facts = new ArrayList<>();
        for (LatticeObject object : objects) {
            facts.add(new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(object)));
            of(address).put(object.id().name(), object);
        }
        apply(new ConsoleInput.DeltaReceived(address, "e", 1, 1, facts, HEARD));
    }

    private void takeBack(String address, ResourceName id) {
        of(address).remove(id.name());
        Fact gone = new Fact.LatticeChanged(new LatticeEvent.ObjectRemoved(id));
        apply(new ConsoleInput.DeltaReceived(address, "e", 1, 1, List.of(gone), HEARD));
    }

    private void tellAll(String address, Map<String, LatticeObject> objects) {
        published.put(address, new TreeMap<>(objects));
        List<Fact> facts = new ArrayList<>();
        objects.values().forEach(o -> facts.add(new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(o))));
        apply(new ConsoleInput.SnapshotTaken(address, "e", 1, 1, 0, facts, HEARD));
    }

    private Map<String, LatticeObject> of(String address) {
        return Objects.requireNonNull(published.get(address));
    }

    private static Site site(SiteId id, long term, String by) {
        return new Site(
                id, id.code(), by, Tier.METRO, new GeoPoint(48, 2), new Watts(1), new Celsius(20), term, by + term);
    }

    private static Node node(NodeId id, String by) {
        Node any = new RandomObjects(3).node();
        return new Node(
                id,
                0,
                by,
                any.accelerators(),
                any.adminState(),
                any.health(),
                "",
                HEARD,
                "",
                any.expected(),
                any.limits(),
                null,
                any.latencyMetric(),
                false,
                by);
    }

    private static Region region(String address) {
        return new Region(EU, address, new GeoPoint(48, 2), gateway(address), address);
    }

    // The reference: from what is published now, with no history.

    private long term(String address, String site) {
        return of(address).get(site) instanceof Site s ? s.ownershipTerm() : -1;
    }

    private long highest(String address) {
        return of(address).values().stream()
                .mapToLong(o -> o instanceof Site s ? s.ownershipTerm() : 0)
                .max()
                .orElse(0);
    }

    private List<String> ranked(String site) {
        return published.keySet().stream()
                .filter(a -> term(a, site) >= 0)
                .sorted(Comparator.comparingLong((String a) -> -term(a, site))
                        .thenComparing(OwnershipTest::gateway)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private Map<String, LatticeObject> expected() {
        Map<String, LatticeObject> shown = new HashMap<>();
        List<String> overall = published.keySet().stream()
                .sorted(Comparator.comparingLong((String a) -> -highest(a))
                        .thenComparing(OwnershipTest::gateway)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        for (String address : overall) {
            of(address).forEach((name, object) -> {
                String[] parts = name.split("/", -1);
                String site =
                        parts.length < 4 ? "" : String.join("/", List.of(parts).subList(0, 4));
                List<String> claimants = site.isEmpty() ? List.of() : ranked(site);
                if (claimants.isEmpty()) {
                    shown.putIfAbsent(name, object);
                } else if (claimants.getFirst().equals(address)) {
                    shown.put(name, object);
                }
            });
        }
        return shown;
    }

    private static Map<String, LatticeObject> shown(ConsoleState s) {
        Map<String, LatticeObject> all = new HashMap<>();
        s.lattice().regions().values().forEach(o -> all.put(o.id().name(), o));
        s.lattice().sites().values().forEach(o -> all.put(o.id().name(), o));
        s.lattice().nodes().values().forEach(o -> all.put(o.id().name(), o));
        return all;
    }

    private void check(Set<SiteId> sites) {
        assertEquals(expected(), shown(state));
        for (SiteId site : sites) {
            List<String> claimants = ranked(site.name());
            SiteContest contest = state.contest(site);
            assertEquals(
                    claimants.size() < 2 ? List.of() : claimants,
                    contest == null
                            ? List.of()
                            : contest.claims().stream().map(SiteClaim::address).toList());
            if (!claimants.isEmpty()) {
                assertEquals(
                        claimants.getFirst(),
                        Objects.requireNonNull(state.ownerOf(site)).address());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsShownFollowsTheHighestTermWhateverCameInWhichOrder(long seed) {
        Random random = new Random(seed);
        Set<SiteId> sites = new TreeSet<>();
        for (int s = 0; s < 3; s++) {
            sites.add(new SiteId(EU + "/sites/s-" + s));
        }
        List<SiteId> list = List.copyOf(sites);
        ADDRESSES.forEach(this::come);
        for (int step = 0; step < 400; step++) {
            String address = ADDRESSES.get(random.nextInt(ADDRESSES.size()));
            if (!published.containsKey(address)) {
                come(address);
            }
            SiteId site = list.get(random.nextInt(list.size()));
            NodeId node = new NodeId(site + "/nodes/n" + random.nextInt(3));
            switch (random.nextInt(9)) {
                case 0, 1 -> tell(address, site(site, random.nextInt(4), address + step));
                case 2, 3, 4 -> tell(address, node(node, address + step));
                case 5 -> tell(address, region(address));
                case 6 -> takeBack(address, random.nextBoolean() ? site : random.nextBoolean() ? node : EU);
                case 7 -> {
                    Map<String, LatticeObject> again = new TreeMap<>(of(address));
                    again.values().removeIf(_ -> random.nextInt(4) == 0);
                    again.put(site.name(), site(site, random.nextInt(4), address + step));
                    tellAll(address, again);
                }
                default -> {
                    if (random.nextInt(3) == 0) {
                        go(address);
                    }
                }
            }
            check(sites);
        }
        assertTrue(state.nodes().size() > 0);
    }

    @Test
    void theLosersNodesAreSetAsideAndShownOnceTheOwnerLeaves() {
        NodeId shared = new NodeId(PARIS + "/nodes/n1");
        NodeId onlyHere = new NodeId(PARIS + "/nodes/n2");
        come("a:1");
        come("b:1");
        tell("a:1", site(PARIS, 1, "a"), node(shared, "a"), node(onlyHere, "a"));
        tell("b:1", site(PARIS, 2, "b"), node(shared, "b"));
        assertEquals(
                "b", Objects.requireNonNull(state.lattice().nodes().get(shared)).nodeClass());
        assertNull(state.lattice().nodes().get(onlyHere), "the owner does not know that node");
        SiteContest contest = state.conflicts().getFirst();
        assertEquals("b:1", contest.owner().address());
        assertEquals(1, contest.others().getFirst().term());

        apply(new ConsoleInput.LinkChanged("b:1", LinkState.LOST, "gone"));
        assertFalse(state.isReachable(PARIS), "a lower term does not speak for an owner that is away");
        assertEquals(1, state.conflicts().size());
        apply(new ConsoleInput.LinkChanged("b:1", LinkState.LIVE, ""));
        apply(new ConsoleInput.LinkChanged("a:1", LinkState.LOST, "gone"));
        assertEquals(List.of(), state.conflicts(), "nobody speaks against the owner now");
        assertTrue(state.isReachable(PARIS));

        go("b:1");
        assertEquals(
                "a", Objects.requireNonNull(state.lattice().nodes().get(shared)).nodeClass());
        assertEquals(
                "a",
                Objects.requireNonNull(state.lattice().nodes().get(onlyHere)).nodeClass());
    }
}
