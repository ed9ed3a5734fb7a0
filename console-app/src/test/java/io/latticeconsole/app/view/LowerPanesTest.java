package io.latticeconsole.app.view;

import static io.latticeconsole.app.view.fixture.SmallLattice.NOON;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.style.StyleSheets;
import io.latticeconsole.app.style.Theme;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.app.view.exercise.ExerciseView;
import io.latticeconsole.app.view.exercise.ExerciseViewModel;
import io.latticeconsole.app.view.failovers.FailoversView;
import io.latticeconsole.app.view.failovers.FailoversViewModel;
import io.latticeconsole.app.view.fixture.Orders;
import io.latticeconsole.app.view.fixture.ScriptedOrders;
import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.app.view.journal.JournalView;
import io.latticeconsole.app.view.journal.JournalViewModel;
import io.latticeconsole.app.view.operations.OperationsView;
import io.latticeconsole.app.view.operations.OperationsViewModel;
import io.latticeconsole.app.view.selection.Selection;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.store.SeenEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tab;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/// The lower tabs and the exercise pane as a person sees and uses them.
class LowerPanesTest extends ApplicationTest {
    private final ScriptedOrders orders = new ScriptedOrders();
    private final Selection selection = new Selection();
    private final JournalViewModel journal = new JournalViewModel();
    private final FailoversViewModel failovers = new FailoversViewModel();
    private final OperationsViewModel operations = new OperationsViewModel(orders, Fx.executor());
    private final ExerciseViewModel exercise = new ExerciseViewModel(orders, Fx.executor());

    @Override
    public void start(Stage stage) {
        TabPane tabs = new TabPane();
        add(tabs, "operations", new OperationsView(operations));
        add(tabs, "failovers", new FailoversView(failovers, selection::select));
        add(tabs, "journal", new JournalView(journal, selection::select));
        add(
                tabs,
                "exercise",
                new ExerciseView(exercise, () -> tabs.getSelectionModel().selectFirst()));
        Scene scene = new Scene(new StackPane(tabs), 990, 620);
        StyleSheets.apply(scene, Theme.NIGHT, 1);
        stage.setScene(scene);
        stage.show();
    }

    private static void add(TabPane tabs, String id, Node view) {
        Tab tab = new Tab(id, view);
        tab.setId(id);
        tabs.getTabs().add(tab);
    }

    private void open(String id) {
        TabPane tabs = lookup(".tab-pane").queryAs(TabPane.class);
        interact(() ->
                tabs.getTabs().stream().filter(t -> t.getId().equals(id)).forEach(tabs.getSelectionModel()::select));
    }

    private boolean says(String words) {
        return lookup(n -> n instanceof Labeled l && l.isVisible() && words.equals(l.getText()))
                .tryQuery()
                .isPresent();
    }

    private String text(String id) {
        return lookup("#" + id).<Labeled>queryAs(Labeled.class).getText();
    }

    private static SeenEvent event(int seq, Severity severity, String message) {
        var time = NOON.plusSeconds(seq);
        return new SeenEvent(
                SmallLattice.GATEWAY,
                new EventRecord(seq, time, time, "NODE_DOWN", severity, PAR_N2.name(), message, "m.okafor", ""));
    }

    @Test
    void emptyTablesSayWhatWouldBeHere() {
        open("operations");
        assertTrue(says(PaneText.of("operations.empty")));
        open("failovers");
        assertTrue(says(PaneText.of("failovers.empty")));
        open("journal");
        assertTrue(says(PaneText.of("journal.empty")));
    }

    @Test
    void anOperationIsFollowedHeldAndCancelledInItsDetails() {
        Plan plan = Orders.plan(new OperationSpec.Drain(List.of(PAR), null, DeadlinePolicy.EXTEND), PAR);
        open("operations");
        interact(() -> operations.update(
                Orders.with(SmallLattice.state(), Orders.operation(plan, OperationState.RUNNING, 38)),
                NOON.plusSeconds(30)));
        clickOn("OP-12");
        assertTrue(says("OP-12 · drain PAR-1 · Running"));
        assertTrue(says("quiesce"), "the phases");
        clickOn("#hold-resume");
        assertEquals("hold operations/op-12", orders.calls().getLast());
        clickOn("#plan-cancel");
        assertTrue(says("Cancelling OP-12 puts the nodes back into the state before"));
        assertEquals(1, orders.calls().size(), "nothing is cancelled yet");
        write("wrong site").push(KeyCode.CONTROL, KeyCode.ENTER);
        assertEquals("cancel operations/op-12 'wrong site'", orders.calls().getLast());
    }

    @Test
    void theJournalGoesToASubjectAndShowsGaps() {
        open("journal");
        interact(() -> journal.update(SmallLattice.withEvents(
                SmallLattice.state(),
                3,
                event(1, Severity.INFO, "drain started"),
                event(5, Severity.CRITICAL, "connection broken"))));
        assertTrue(says("3 events lost at eu"));
        clickOn("connection broken").push(KeyCode.ENTER);
        assertEquals(PAR_N2, selection.selected());
        clickOn("#journal-filter").write("drain");
        assertFalse(says("connection broken"));
        assertTrue(says("drain started"));
    }

    @Test
    void theNewestEventIsSeenWheneverTheJournalIsOpened() {
        show(60);
        open("journal");
        assertSeen("event 60");
        open("operations");
        show(70);
        open("journal");
        assertSeen("event 70");
        show(80);
        assertSeen("event 80");
        interact(() -> lookup(".tab-pane").queryAs(TabPane.class).setMaxHeight(300));
        assertSeen("event 80");
    }

    private void show(int events) {
        SeenEvent[] all = new SeenEvent[events];
        Arrays.setAll(all, i -> event(i + 1, Severity.INFO, "event " + (i + 1)));
        interact(() -> journal.update(SmallLattice.withEvents(SmallLattice.state(), 0, all)));
    }

    /// As a whole row within the table, a few pulses later.
    private void assertSeen(String message) {
        try {
            WaitForAsyncUtils.waitFor(3, TimeUnit.SECONDS, () -> isSeen(message));
        } catch (TimeoutException e) {
            throw new AssertionError(message + " is not whole among " + rows(), e);
        }
    }

    private boolean isSeen(String message) {
        Bounds table = lookup("#journal-table")
                .query()
                .localToScene(lookup("#journal-table").query().getLayoutBounds());
        return lookup(n -> n instanceof Labeled l && message.equals(l.getText()))
                .tryQuery()
                .map(n -> n.getParent().localToScene(n.getParent().getLayoutBounds()))
                .filter(row -> row.getMaxY() <= table.getMaxY() + 0.5)
                .isPresent();
    }

    private List<String> rows() {
        return lookup(n -> n instanceof Labeled l
                        && l.getText() != null
                        && l.getText().startsWith("event "))
                .queryAllAs(Labeled.class)
                .stream()
                .map(Labeled::getText)
                .toList();
    }

    @Test
    void scrollingBackEndsFollowing() {
        open("journal");
        interact(() -> journal.update(SmallLattice.withEvents(
                SmallLattice.state(), 0, event(1, Severity.INFO, "a"), event(2, Severity.LOW, "b"))));
        clickOn("b").push(KeyCode.UP);
        assertFalse(journal.followingProperty().get());
        push(KeyCode.END);
        assertTrue(journal.followingProperty().get());
    }

    @Test
    void aFaultIsInjectedByKeyboardAndErrorsAreShownInPlace() {
        open("exercise");
        interact(() -> {
            exercise.update(SmallLattice.state(), NOON);
            exercise.form().kindProperty().set(FaultKind.SLOW_NODE);
        });
        clickOn("#fault-target").write("PAR-9/n1");
        push(KeyCode.ENTER);
        assertEquals("Target: 'PAR-9/n1' is not a node, such as PAR-1/n2", text("exercise-problem"));
        clickOn("#fault-target").push(KeyCode.CONTROL, KeyCode.A).write("PAR-1/n2");
        clickOn("#fault-magnitude").write("4");
        push(KeyCode.ENTER);
        assertEquals("inject SLOW_NODE", orders.calls().getLast());
        assertEquals(4, orders.lastInjected().magnitude());
        orders.refuse("FAILED_PRECONDITION", "NOT_AN_EXERCISE", "the lattice is in production");
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals("the lattice is in production", text("exercise-problem"));
    }

    @Test
    void theKeyboardStaysOnTheFaultThatItIsAboutToClear() {
        open("exercise");
        FaultSpec crash =
                new FaultSpec(FaultKind.NODE_CRASH, List.of(SmallLattice.PAR_N2), Double.NaN, 0, 0, Double.NaN, "");
        Fault fault = new Fault("faults/f-1", crash, NOON, null, "m.okafor");
        interact(() -> exercise.update(SmallLattice.withFault(SmallLattice.state(), fault), NOON));
        Button clear = (Button) lookup("Clear").query();
        interact(clear::requestFocus);
        for (int second = 1; second <= 3; second++) {
            Instant later = NOON.plusSeconds(second);
            interact(() -> exercise.update(SmallLattice.withFault(SmallLattice.state(), fault), later));
            assertTrue(clear.isFocused(), "its age counts on");
        }
        push(KeyCode.SPACE);
        assertEquals("clear faults/f-1", orders.calls().getLast());
        interact(() -> exercise.update(SmallLattice.state(), NOON));
        assertTrue(lookup("Clear").tryQuery().isEmpty());
        assertTrue(lookup("No fault is active").tryQuery().isPresent());
        assertTrue(lookup("#fault-kind").query().isFocused(), "and then it is at the next fault to inject");
    }

    @Test
    void theTargetFieldShowsWhatTheNextFaultWillStrike() {
        open("exercise");
        interact(() -> exercise.update(SmallLattice.state(), NOON));
        clickOn("#fault-target").write("PAR-1/n2");
        push(KeyCode.ENTER);
        assertEquals(List.of(SmallLattice.PAR_N2), orders.lastInjected().targets());
        ComboBox<?> target = lookup("#fault-target").queryAs(ComboBox.class);
        open("journal");
        interact(() -> exercise.preset(SmallLattice.PAR));
        open("exercise");
        interact(() -> lookup("#fault-kind").query().requestFocus());
        push(KeyCode.DOWN);
        push(KeyCode.UP);
        assertEquals("", target.getEditor().getText(), "not what was struck before");
        interact(() -> exercise.form().kindProperty().set(FaultKind.SITE_POWER_LOSS));
        assertEquals("PAR-1", target.getEditor().getText());
    }

    @Test
    void largeLettersCutOffNoWordOfAButtonAndLeaveTheTableItsRoom() {
        interact(() -> StyleSheets.apply(lookup(".tab-pane").query().getScene(), Theme.DAY, 2));
        for (String id : List.of("operations", "journal")) {
            open(id);
            WaitForAsyncUtils.waitForFxEvents();
            for (ButtonBase button :
                    lookup(".tab-pane .button, .tab-pane .check-box").queryAllAs(ButtonBase.class)) {
                assertFalse(button.isTextTruncated(), id + ": " + button.getText());
            }
        }
        open("operations");
        Region table = lookup("#operations-table").queryAs(Region.class);
        assertTrue(table.getWidth() > 500, table::toString);
    }
}
