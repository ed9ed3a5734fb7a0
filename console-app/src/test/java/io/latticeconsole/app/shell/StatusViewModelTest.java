package io.latticeconsole.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.store.ConsoleInput;
import io.latticeconsole.store.ConsoleReducer;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LinkState;
import io.latticeconsole.telemetry.SampleCounts;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Watts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusViewModelTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final StatusViewModel model = new StatusViewModel();
    private ConsoleState state = ConsoleState.EMPTY;

    private void apply(ConsoleInput input) {
        state = ConsoleReducer.apply(state, input);
    }

    private void gateway(String address, String code, long term, int sites) {
        var clock = new ClockReading(NOW, NOW, 1, 1, false);
        var gateway = new GatewayId("gateways/" + code);
        apply(new ConsoleInput.EndpointSought(address));
        apply(new ConsoleInput.EndpointDescribed(
                address,
                new EndpointInfo(
                        "lattices/small",
                        "Small",
                        "1.0",
                        Mode.PRODUCTION,
                        "e",
                        gateway,
                        List.of(new RegionId("regions/eu")),
                        List.of(),
                        gateway,
                        clock,
                        Set.of(),
                        1,
                        1),
                NOW));
        List<Fact> facts = new ArrayList<>();
        for (int i = 1; i <= sites; i++) {
            facts.add(new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(new Site(
                    new SiteId("regions/eu/sites/par-" + i),
                    "PAR-" + i,
                    "Paris",
                    Tier.METRO,
                    new GeoPoint(48, 2),
                    new Watts(1000),
                    new Celsius(20),
                    term,
                    "s"))));
        }
        apply(new ConsoleInput.SnapshotTaken(address, "e", 1, 1, 0, facts, NOW));
        apply(new ConsoleInput.LinkChanged(address, LinkState.LIVE, ""));
    }

    private List<String> notices() {
        model.update(state, SampleCounts.NONE, 0, NOW);
        return model.stateProperty().get().notices().stream().map(Notice::text).toList();
    }

    @Test
    void sitesThatTwoGatewaysClaimAreNamedWithWhoseWordIsShown() {
        gateway("a:1", "old", 1, 5);
        assertEquals(List.of(), notices());
        gateway("b:1", "new", 2, 5);
        assertEquals(
                List.of("PAR-1, PAR-2, PAR-3 and 2 more claimed by more than one gateway: shown as new at b:1 (term 2)"
                        + " tells it, set aside: old at a:1 (term 1)"),
                notices());
        apply(new ConsoleInput.SnapshotTaken("a:1", "e", 2, 1, 0, List.of(), NOW));
        assertEquals(List.of(), notices());
    }

    @Test
    void gatewaysThatAreLostTogetherAreOneSentence() {
        gateway("a:1", "eu", 1, 1);
        gateway("b:1", "ap", 1, 1);
        apply(new ConsoleInput.LinkChanged("a:1", LinkState.LOST, "stream ended"));
        apply(new ConsoleInput.LinkChanged("b:1", LinkState.LOST, "stream ended"));
        for (String never : List.of("c:1", "d:1")) {
            apply(new ConsoleInput.EndpointSought(never));
            apply(new ConsoleInput.LinkChanged(never, LinkState.LOST, "connection refused"));
        }
        assertEquals(
                2,
                notices().stream().filter(n -> !n.contains("claimed")).count(),
                () -> notices().toString());
        assertEquals(
                "c:1, d:1 cannot be reached — connection refused — trying again",
                notices().get(1));
    }

    @Test
    void certificatesThatEndSoonAreNamedMoreAndMoreUrgently() {
        Instant[] own = {NOW.plus(Duration.ofDays(31))};
        var secured = new StatusViewModel(() -> Optional.of(own[0]));
        gateway("a:1", "eu", 1, 1);
        EndpointInfo info = Objects.requireNonNull(state.endpoints().get("a:1")).info();
        apply(new ConsoleInput.EndpointDescribed(
                "a:1", Objects.requireNonNull(info), NOW.plus(Duration.ofDays(6)), NOW));
        assertEquals(
                List.of(new Notice(
                        "The certificate of eu ends in 6 days, " + minute(NOW.plus(Duration.ofDays(6)))
                                + " UTC: renew it",
                        3)),
                notices(secured));
        own[0] = NOW.plus(Duration.ofDays(29));
        assertEquals(
                List.of(4, 3), notices(secured).stream().map(Notice::priority).toList());
        own[0] = NOW.plus(Duration.ofHours(5));
        assertEquals(
                new Notice(
                        "The certificate of this console ends within a day, " + minute(own[0]) + " UTC: renew it now",
                        2),
                notices(secured).getFirst());
        own[0] = NOW;
        assertEquals(1, notices(secured).getFirst().priority());
    }

    private static String minute(Instant time) {
        return time.toString().substring(0, 16).replace('T', ' ');
    }

    private List<Notice> notices(StatusViewModel of) {
        of.update(state, SampleCounts.NONE, 0, NOW);
        return of.stateProperty().get().notices();
    }
}
