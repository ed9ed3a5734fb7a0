package io.latticeconsole.app.view.journal;

import static io.latticeconsole.app.view.fixture.SmallLattice.NOON;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.store.SeenEvent;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

class JournalViewModelTest {
    private static final GatewayId EU = new GatewayId("gateways/eu");
    private static final GatewayId NA = new GatewayId("gateways/na-east");
    private final JournalViewModel model = new JournalViewModel();

    private static SeenEvent event(GatewayId gateway, long seq, int second, Severity severity, String message) {
        var time = NOON.plusSeconds(second);
        return new SeenEvent(
                gateway, new EventRecord(seq, time, time, "NODE_DOWN", severity, PAR_N2.name(), message, "", ""));
    }

    private List<String> lines() {
        return model.rows().stream()
                .map(r -> (r.time() + " " + r.message()).strip())
                .toList();
    }

    @Test
    void eventsOfAllGatewaysAreInTheOrderOfLatticeTime() {
        model.update(SmallLattice.withEvents(
                SmallLattice.state(),
                0,
                event(EU, 1, 1, Severity.INFO, "a"),
                event(EU, 2, 5, Severity.INFO, "c"),
                event(NA, 1, 3, Severity.INFO, "b")));
        assertEquals(List.of("12:00:01 a", "12:00:03 b", "12:00:05 c"), lines());
        assertEquals("Journal 3", model.titleProperty().get());
        assertEquals("PAR-1 / n2", model.rows().getFirst().subject());
        assertEquals("node down", model.rows().getFirst().type());
    }

    @Test
    void messagesCallObjectsWhatPeopleCallThem() {
        String raw = "no room on regions/eu/sites/par-1/nodes/n2, moved to regions/eu/sites/ams-1. A regions/odd stays";
        model.update(SmallLattice.withEvents(SmallLattice.state(), 0, event(EU, 1, 1, Severity.INFO, raw)));
        assertEquals(
                "no room on PAR-1 / n2, moved to AMS-1. A odd stays",
                model.rows().getFirst().message());
        assertEquals(PAR_N2.name(), model.rows().getFirst().subjectName());
    }

    @Test
    void lostEventsAreShownWhereTheyAreMissing() {
        model.update(SmallLattice.withEvents(
                SmallLattice.state(),
                3,
                event(EU, 4, 1, Severity.INFO, "before"),
                event(EU, 8, 9, Severity.HIGH, "after")));
        assertEquals(List.of("12:00:01 before", "12:00:09 3 events lost at eu", "12:00:09 after"), lines());
        assertTrue(model.rows().get(1).gap());
    }

    @Test
    void lostEventsWithoutAPlaceComeFirst() {
        model.update(SmallLattice.withEvents(SmallLattice.state(), 2, event(EU, 4, 1, Severity.INFO, "x")));
        assertEquals(List.of("2 events lost at eu", "12:00:01 x"), lines());
    }

    @Test
    void wordsAndPriorityFilterButNeverHideAGap() {
        model.update(SmallLattice.withEvents(
                SmallLattice.state(),
                1,
                event(EU, 1, 1, Severity.INFO, "drained"),
                event(EU, 3, 2, Severity.CRITICAL, "connection broken")));
        model.leastPriorityProperty().set(2);
        assertEquals(List.of("12:00:02 1 event lost at eu", "12:00:02 connection broken"), lines());
        assertEquals(1, model.rows().getLast().priority());
        model.leastPriorityProperty().set(0);
        model.filterProperty().set("DRAIN");
        assertEquals(List.of("12:00:01 drained", "12:00:02 1 event lost at eu"), lines());
    }

    @Test
    void newEventsAreAppendedSoThatTheTableKeepsItsPlace() {
        SeenEvent a = event(EU, 1, 1, Severity.INFO, "a");
        SeenEvent b = event(EU, 2, 2, Severity.INFO, "b");
        SeenEvent c = event(EU, 3, 3, Severity.INFO, "c");
        model.update(SmallLattice.withEvents(SmallLattice.state(), 0, a, b));
        List<String> changes = new ArrayList<>();
        model.rows().addListener((ListChangeListener<JournalRow>) change -> {
            while (change.next()) {
                changes.add("-" + change.getRemovedSize() + "+" + change.getAddedSize());
            }
        });
        model.update(SmallLattice.withEvents(SmallLattice.state(), 0, b, c));
        assertEquals(List.of("-1+0", "-0+1"), changes);
        assertEquals(List.of("12:00:02 b", "12:00:03 c"), lines());
        assertFalse(model.rows().getLast().gap());
    }
}
