package io.latticeconsole.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latticeconsole.app.style.Theme;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.drill.DrillOptions;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.store.ConsoleState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/// The whole way by keyboard alone: a real window, a real drill lattice, gRPC between them.
@Timeout(180)
class KeyboardDrillTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final String PLANNED = PaneText.of("step.planned");

    private final FxRobot robot = new FxRobot();

    @Test
    void findsANodeDrainsItAndRestoresIt() throws Exception {
        ConsoleOptions options = new ConsoleOptions(
                List.of(),
                Optional.of(new DrillOptions(48, 3, 200, null, "127.0.0.1", 0)),
                Theme.NIGHT,
                "m.okafor",
                1000,
                900);
        try (ConsoleSession session = ConsoleSession.open(options)) {
            session.awaitLive(Duration.ofSeconds(PATIENCE_SECONDS));
            NodeId node = new NodeId("regions/eu/sites/fra-1/nodes/n1");

            robot.type(KeyCode.SLASH, KeyCode.F, KeyCode.R, KeyCode.A, KeyCode.N, KeyCode.DIGIT1, KeyCode.ENTER);
            Operation drain = orderWith(session, KeyCode.D, 1);
            assertEquals(OperationState.SUCCEEDED, drain.state(), drain.message());
            assertEquals("m.okafor", drain.operator());
            until(session, s -> admin(s, node) == AdminState.DRAINED);

            robot.type(KeyCode.ESCAPE);
            Operation restore = orderWith(session, KeyCode.U, 2);
            assertEquals(OperationState.SUCCEEDED, restore.state(), restore.message());
            until(session, s -> admin(s, node) == AdminState.SERVING);
        }
    }

    /// Plan, arm, start; then waits for the outcome of the newest of so many operations.
    private Operation orderWith(ConsoleSession session, KeyCode plan, int operations) throws TimeoutException {
        robot.type(plan);
        WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, this::isPlanned);
        robot.type(KeyCode.ENTER);
        until(session, s -> !s.arms().isEmpty());
        robot.press(KeyCode.CONTROL).type(KeyCode.ENTER).release(KeyCode.CONTROL);
        until(
                session,
                s -> s.operations().size() == operations
                        && s.operations().values().stream()
                                .allMatch(o -> o.state().isFinal()));
        return session.state().operations().values().stream()
                .max((a, b) -> a.start().compareTo(b.start()))
                .orElseThrow();
    }

    /// Whether the plan is there: before it is, Enter has nothing to arm.
    private boolean isPlanned() {
        return robot.lookup(n -> n instanceof Labeled l && l.isVisible() && PLANNED.equals(l.getText()))
                .tryQuery()
                .isPresent();
    }

    private static AdminState admin(ConsoleState state, NodeId node) {
        var known = state.lattice().nodes().get(node);
        return known == null ? AdminState.CORDONED : known.adminState();
    }

    private static void until(ConsoleSession session, Predicate<ConsoleState> seen) throws TimeoutException {
        WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, () -> seen.test(session.state()));
        WaitForAsyncUtils.waitForFxEvents();
    }
}
