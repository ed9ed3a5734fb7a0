package io.latticeconsole.app.view.nodes;

import static io.latticeconsole.app.view.fixture.SmallLattice.AMS_N1;
import static io.latticeconsole.app.view.fixture.SmallLattice.NOON;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.alarm.NodeReadings;
import io.latticeconsole.alarm.Observed;
import io.latticeconsole.alarm.TroubleWatch;
import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.view.fixture.Samples;
import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.telemetry.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodesViewModelTest {
    private final Samples samples = new Samples(5);
    private final NodesViewModel model = new NodesViewModel();

    @BeforeEach
    void heardAtNoon() throws InterruptedException {
        samples.write(NOON);
        model.update(SmallLattice.state(), samples.store(), Troubles.NONE, NOON.plusMillis(500));
    }

    @AfterEach
    void close() {
        samples.close();
    }

    private List<String> names() {
        return model.rows().stream().map(NodeRow::name).toList();
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ');
    }

    @Test
    void rowsHaveNumbersWithUnitsAndTheirAge() {
        assertEquals("Nodes 5", model.titleProperty().get());
        NodeRow row = model.row(PAR_N2).orElseThrow();
        assertEquals("72 %", plain(NodeColumn.UTILIZATION.text(row)));
        assertEquals("1.1 kW", plain(NodeColumn.POWER.text(row)));
        assertEquals("–", NodeColumn.KV_CACHE.text(row));
        assertEquals("live", NodeColumn.AGE.text(row));
        assertEquals("serving", NodeColumn.CONDITION.text(row));
    }

    @Test
    void sortingBySeveralColumnsIsToldAsANewOrderOfTheSameRows() {
        List<String> changes = new ArrayList<>();
        model.rows().addListener((ListChangeListener<NodeRow>) c -> {
            while (c.next()) {
                changes.add(c.wasPermutated() ? "permuted" : "replaced");
            }
        });
        model.sortBy(NodeColumn.UTILIZATION.order().reversed());
        assertEquals(List.of("AMS-1 / n2", "AMS-1 / n1", "PAR-1 / n3", "PAR-1 / n2", "PAR-1 / n1"), names());
        assertEquals(List.of("permuted"), changes);
        model.sortBy(NodeColumn.UTILIZATION.order().reversed());
        assertEquals(List.of("permuted"), changes, "nothing to tell when the order is the same");
    }

    @Test
    void anAgeIsCountedOnlyOnceItMatters() {
        NodeRow row = model.row(PAR_N2).orElseThrow();
        model.update(SmallLattice.state(), samples.store(), Troubles.NONE, NOON.plusMillis(2900));
        assertEquals("live", NodeColumn.AGE.text(row));
        model.update(SmallLattice.state(), samples.store(), Troubles.NONE, NOON.plusMillis(4900));
        assertEquals("4 s", NodeColumn.AGE.text(row));
    }

    @Test
    void aNodeThatIsDownIsNeverToldAsLive() {
        var down = SmallLattice.with(
                SmallLattice.state(), SmallLattice.node(PAR_N2, 1, AdminState.SERVING, Health.DOWN, "gone"));
        model.update(down, samples.store(), Troubles.NONE, NOON.plusMillis(1500));
        assertEquals("1 s", NodeColumn.AGE.text(model.row(PAR_N2).orElseThrow()));
    }

    @Test
    void aNodeInTroubleAlsoTellsThatItIsOutOfService() {
        var down = SmallLattice.with(
                SmallLattice.state(), SmallLattice.node(AMS_N1, 3, AdminState.DRAINED, Health.DOWN, ""));
        model.update(down, samples.store(), Troubles.NONE, NOON.plusSeconds(1));
        assertEquals(
                "down, drained", NodeColumn.CONDITION.text(model.row(AMS_N1).orElseThrow()));
    }

    @Test
    void whatIsInTroubleComesFirstUnlessAnotherOrderIsAskedFor() {
        assertEquals("AMS-1 / n1", names().getFirst());
        var down = SmallLattice.with(
                SmallLattice.state(), SmallLattice.node(PAR_N2, 1, AdminState.SERVING, Health.DOWN, "gone"));
        var seen = new Observed(down.lattice(), down.nodes().ids(), new Unread(), Map.of(), Set.of());
        Troubles troubles = new TroubleWatch().observe(seen, NOON.plusSeconds(1));
        model.update(down, samples.store(), troubles, NOON.plusSeconds(1));
        assertEquals(List.of("PAR-1 / n2", "AMS-1 / n1"), names().subList(0, 2));
        model.sortBy(Comparator.comparing(NodeRow::name));
        assertEquals("AMS-1 / n1", names().getFirst());
    }

    @Test
    void rowsKeepTheirPlacesWhileSomebodyIsAtWorkInTheTable() throws InterruptedException {
        List<String> changes = new ArrayList<>();
        NodeRow last = model.row(PAR_N2).orElseThrow();
        model.sortBy(
                Comparator.comparingInt(r -> r == last && model.tickProperty().get() > 1 ? 1 : 0));
        model.rows().addListener((ListChangeListener<NodeRow>) _ -> changes.add("moved"));
        model.use();
        for (int second = 1; second < 28; second++) {
            samples.write(NOON.plusSeconds(second));
            model.update(SmallLattice.state(), samples.store(), Troubles.NONE, NOON.plusSeconds(second));
            if (second == 2) {
                model.use();
            }
        }
        assertEquals(List.of(), changes);
        for (int second = 28; second < 60; second++) {
            samples.write(NOON.plusSeconds(second));
            model.update(SmallLattice.state(), samples.store(), Troubles.NONE, NOON.plusSeconds(second));
        }
        assertEquals(List.of("moved"), changes);
    }

    @Test
    void wordsAndStatesFilter() {
        model.wordsProperty().set("ams");
        assertEquals(List.of("AMS-1 / n1", "AMS-1 / n2"), names());
        model.wordsProperty().set("par-1/n2");
        assertEquals(List.of("PAR-1 / n2"), names());
        model.wordsProperty().set("");
        model.filterProperty().set(NodeFilter.TROUBLE);
        assertEquals(List.of(), names());
        var down = SmallLattice.with(
                SmallLattice.state(), SmallLattice.node(AMS_N1, 3, AdminState.SERVING, Health.DOWN, ""));
        model.update(down, samples.store(), Troubles.NONE, NOON.plusSeconds(1));
        assertEquals(List.of("AMS-1 / n1"), names());
    }

    @Test
    void theCsvHasRawNumbersAndQuotesWhatNeedsIt() {
        List<String> lines = model.csv().lines().toList();
        assertEquals(6, lines.size());
        assertTrue(lines.getFirst().startsWith("node,site,class,state,admin_state,health,utilization_ratio"));
        assertTrue(lines.get(1).startsWith("AMS-1 / n1,AMS-1,4 × L40S,serving,serving,up,0.7"));
        assertTrue(lines.get(1).contains(",62.0,1120.0,180.0,"));
        assertFalse(lines.get(1).contains("NaN"));
    }

    @Test
    void nothingIsToldWhileNothingChanges() {
        long tick = model.tickProperty().get();
        model.update(SmallLattice.state(), samples.store(), Troubles.NONE, NOON.plusMillis(700));
        assertEquals(tick, model.tickProperty().get());
        model.update(SmallLattice.state(), samples.store(), Troubles.NONE, NOON.plusMillis(1100));
        assertEquals(tick + 1, model.tickProperty().get());
    }

    /// Nothing was read: what is wrong is told by the nodes' states alone.
    private static final class Unread implements NodeReadings {
        @Override
        public float value(int node, Metric metric) {
            return Float.NaN;
        }

        @Override
        public float expectedLow(int node, int band) {
            return Float.NaN;
        }

        @Override
        public float expectedHigh(int node, int band) {
            return Float.NaN;
        }
    }
}
