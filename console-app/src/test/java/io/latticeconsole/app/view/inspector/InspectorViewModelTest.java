package io.latticeconsole.app.view.inspector;

import static io.latticeconsole.app.view.fixture.SmallLattice.CHAT;
import static io.latticeconsole.app.view.fixture.SmallLattice.EU;
import static io.latticeconsole.app.view.fixture.SmallLattice.EU_CHAT;
import static io.latticeconsole.app.view.fixture.SmallLattice.NOON;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.view.fixture.Samples;
import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.app.view.selection.Selection;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.store.ConsoleInput;
import io.latticeconsole.store.ConsoleReducer;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LinkState;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.unit.Watts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectorViewModelTest {
    private final Samples samples = new Samples(5);
    private final Selection selection = new Selection();
    private final InspectorViewModel model = new InspectorViewModel(selection);

    @BeforeEach
    void heardAtNoon() throws InterruptedException {
        samples.write(NOON);
    }

    @AfterEach
    void close() {
        samples.close();
    }

    private Sheet sheet(ResourceName name, ConsoleState state, Instant now) {
        selection.select(name);
        model.update(state, samples.store(), Troubles.NONE, now);
        Sheet sheet = model.sheetProperty().get();
        assertNotNull(sheet);
        return sheet;
    }

    private static String text(Sheet sheet) {
        return sheet.sections().stream().map(Section::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void aNodeShowsNumbersWithUnitsAndAges() {
        Sheet sheet = sheet(PAR_N2, SmallLattice.state(), NOON.plusMillis(400));
        assertEquals("PAR-1 / n2", sheet.title());
        assertEquals("Europe · metro · 4 × L40S · 10.4.2.11:7443", sheet.subtitle());
        assertEquals("", sheet.banner());
        assertEquals(
                List.of("72 %", "62 °C", "1.12 kW", "180 ms"),
                sheet.readings().stream()
                        .map(r -> r.figure().replace('\u00a0', ' '))
                        .toList());
        assertEquals("", sheet.readings().getFirst().note(), "an age is told once it matters");
        assertEquals(0.4, sheet.readings().getFirst().low(), 1e-6);
        assertTrue(text(sheet).contains("chat-8b 2.0"));
    }

    @Test
    void aMachineWithoutAGpuIsNotToldToHaveOne() {
        Node gpu = SmallLattice.node(PAR_N2, 1, AdminState.SERVING, Health.UP, "");
        Node bare = new Node(
                gpu.id(),
                gpu.index(),
                "1 × CPU",
                List.of(new Accelerator(0, Accelerator.PROCESSORS, 8e9, Watts.NONE, true, 0, "")),
                gpu.adminState(),
                gpu.health(),
                gpu.healthReason(),
                gpu.healthSince(),
                gpu.address(),
                gpu.expected(),
                gpu.limits(),
                gpu.mainModel(),
                gpu.latencyMetric(),
                gpu.throttled(),
                gpu.etag());
        Sheet sheet = sheet(PAR_N2, SmallLattice.with(SmallLattice.state(), bare), NOON.plusMillis(400));
        assertEquals("CPU utilisation", sheet.readings().getFirst().name());
        assertTrue(text(sheet).contains("Processors, no GPU"), text(sheet));
    }

    @Test
    void aNodeThatIsDownShowsWhatItWasAndSinceWhen() {
        ConsoleState down = SmallLattice.with(
                SmallLattice.state(),
                SmallLattice.node(PAR_N2, 1, AdminState.SERVING, Health.DOWN, "connection broken"));
        Sheet sheet = sheet(PAR_N2, down, NOON.plusSeconds(6));
        assertTrue(sheet.banner().startsWith("Down for "), sheet.banner());
        assertTrue(sheet.banner().endsWith("connection broken, last heard 6 s ago"), sheet.banner());
        Reading first = sheet.readings().getFirst();
        assertEquals("–", first.figure());
        assertEquals("was 72 %, 6 s ago", first.note().replace('\u00a0', ' '));
        assertTrue(first.old());
        assertTrue(first.loss() >= 0, "where it was lost");
    }

    @Test
    void aReadingThatIsNoLongerToldKeepsItsOwnAge() throws InterruptedException {
        samples.writeWithout(Metric.LATENCY_MS, NOON.plusSeconds(5));
        Reading latency = sheet(PAR_N2, SmallLattice.state(), NOON.plusSeconds(5))
                .readings()
                .getLast();
        assertEquals("–", latency.figure());
        assertEquals("was 180 ms, 5 s ago", latency.note().replace('\u00a0', ' '));
    }

    @Test
    void whatItsGatewayOwnsIsUnreachableNotDown() {
        ConsoleState lost = SmallLattice.withLink(SmallLattice.state(), LinkState.LOST);
        Sheet sheet = sheet(PAR_N2, lost, NOON.plusSeconds(6));
        assertTrue(sheet.banner().startsWith("Unreachable from here"), sheet.banner());
        assertFalse(sheet.banner().contains("Down"));
        assertTrue(sheet(PAR, lost, NOON.plusSeconds(6)).banner().startsWith("Unreachable from here"));
        assertTrue(sheet(EU, lost, NOON.plusSeconds(6)).banner().startsWith("Unreachable from here"));
    }

    @Test
    void aSilentNodeIsStaleAfterThreeSeconds() {
        assertEquals(
                "", sheet(PAR_N2, SmallLattice.state(), NOON.plusSeconds(3)).banner());
        assertEquals(
                "Stale, last heard 3 s ago",
                sheet(PAR_N2, SmallLattice.state(), NOON.plusMillis(3100)).banner());
    }

    @Test
    void aDrainedNodeOffersRestoreAndAServingOneDrain() {
        assertTrue(sheet(PAR_N2, SmallLattice.state(), NOON).actions().contains(Sheet.Action.DRAIN));
        ConsoleState drained = SmallLattice.with(
                SmallLattice.state(), SmallLattice.node(PAR_N2, 1, AdminState.DRAINED, Health.UP, ""));
        Sheet sheet = sheet(PAR_N2, drained, NOON);
        assertTrue(sheet.actions().contains(Sheet.Action.RESTORE));
        assertFalse(sheet.actions().contains(Sheet.Action.DRAIN));
    }

    @Test
    void aSiteCountsStatesPowerAndModels() {
        ConsoleState down = SmallLattice.with(
                SmallLattice.state(), SmallLattice.node(PAR_N2, 1, AdminState.SERVING, Health.DOWN, ""));
        Sheet sheet = sheet(PAR, down, NOON);
        String all = text(sheet).replace('\u00a0', ' ');
        assertTrue(all.contains("Fact[name=down, value=1], Fact[name=serving, value=2]"), all);
        assertTrue(all.contains("3.36 kW, 28 % of 12 kW"), all);
        assertTrue(all.contains("Fact[name=chat-8b, value=1 of 2 ready]"), all);
    }

    @Test
    void modelsRoutesAndThingsThatAreGoneHaveSheetsToo() {
        assertTrue(text(sheet(CHAT, SmallLattice.state(), NOON)).contains("2.0, 2.1"));
        assertTrue(text(sheet(EU_CHAT, SmallLattice.state(), NOON)).contains("nothing observed"));
        Sheet gone = sheet(new NodeId(PAR.name() + "/nodes/n9"), SmallLattice.state(), NOON);
        assertEquals("No such object in the lattice any more", gone.banner());
        assertTrue(gone.actions().isEmpty());
    }

    @Test
    void aSiteThatTwoGatewaysClaimSaysWhoseWordIsShown() {
        ConsoleState state = SmallLattice.state();
        Site site = Objects.requireNonNull(state.lattice().sites().get(PAR));
        assertFalse(text(sheet(PAR, state, NOON)).contains("CLAIMED"));
        for (long term = 1; term <= 2; term++) {
            String address = "gw-" + term + ":7443";
            Site claimed = new Site(
                    site.id(),
                    site.code(),
                    site.displayName(),
                    site.tier(),
                    site.position(),
                    site.powerCap(),
                    site.inlet(),
                    term,
                    "t" + term);
            Fact fact = new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(claimed));
            state = ConsoleReducer.apply(state, new ConsoleInput.EndpointSought(address));
            state = ConsoleReducer.apply(
                    state, new ConsoleInput.SnapshotTaken(address, "e", 1, 1, 0, List.of(fact), NOON));
        }
        for (ResourceName shown : List.of(PAR, PAR_N2)) {
            String all = text(sheet(shown, state, NOON));
            assertTrue(all.contains("name=shown as told by, value=gw-2:7443 at gw-2:7443, term 2"), all);
            assertTrue(all.contains("name=set aside, value=gw-1:7443 at gw-1:7443, term 1"), all);
        }
    }

    @Test
    void aRegionSaysWhatItsGatewayWasRejectedForWhileTheLinkIsLive() {
        ConsoleState state = ConsoleReducer.apply(
                SmallLattice.state(), new ConsoleInput.MessagesRejected(SmallLattice.ADDRESS, 1, "it sent nonsense"));
        String all = text(sheet(PAR.region(), state, NOON));
        assertTrue(all.contains("name=problem, value=it sent nonsense"), all);
    }
}
