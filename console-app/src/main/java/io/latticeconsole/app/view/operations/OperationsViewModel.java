package io.latticeconsole.app.view.operations;

import io.latticeconsole.app.format.LatticeTime;
import io.latticeconsole.app.format.RefusalText;
import io.latticeconsole.app.fx.LatestAnswer;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.store.ConsoleState;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Operations, newest first, and what can be done to the chosen one: hold and resume act at once, cancelling is planned
/// first and then confirmed. FX thread only.
public final class OperationsViewModel {
    private final LatticeOrders orders;
    private final LatestAnswer answers;
    private final ObservableList<OperationRow> rows = FXCollections.observableArrayList();
    private final Map<OperationId, OperationRow> byId = new HashMap<>();
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(PaneText.of("operations.title"));
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable OperationId> cancelling = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<@Nullable OperationRow> chosen = new SimpleObjectProperty<>();
    private final StringProperty cancelReason = new SimpleStringProperty("");
    private ConsoleState state = ConsoleState.EMPTY;

    public OperationsViewModel(LatticeOrders orders, Executor fx) {
        this.orders = orders;
        answers = new LatestAnswer(fx);
        chosen.addListener(_ -> abandonCancel());
    }

    /// Newest first.
    public ObservableList<OperationRow> rows() {
        return rows;
    }

    /// The tab's title with the number of operations that go on.
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// What came of the last order given here, empty if there is nothing to tell.
    public ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    /// The operation whose cancelling waits for confirmation, null for none.
    public ReadOnlyObjectProperty<@Nullable OperationId> cancellingProperty() {
        return cancelling.getReadOnlyProperty();
    }

    /// The row that keys act on.
    public ObjectProperty<@Nullable OperationRow> chosenProperty() {
        return chosen;
    }

    public StringProperty cancelReasonProperty() {
        return cancelReason;
    }

    /// Takes over what is known now.
    public void update(ConsoleState newest, Instant wallNow) {
        state = newest;
        Instant latticeNow = LatticeTime.now(newest, wallNow);
        List<Operation> ordered = newest.operations().values().stream()
                .sorted(Comparator.comparing(Operation::start).reversed().thenComparing(o -> o.id().name()))
                .toList();
        for (Operation op : ordered) {
            OperationRow row = byId.get(op.id());
            if (row == null) {
                byId.put(op.id(), new OperationRow(op, OperationText.of(newest.lattice(), op, latticeNow)));
            } else if (!op.state().isFinal() || !op.equals(row.operation())) {
                row.show(op, OperationText.of(newest.lattice(), op, latticeNow));
            }
        }
        leaveCancelOfWhatIsOver();
        byId.keySet().retainAll(newest.operations().keySet());
        List<OperationRow> wanted = ordered.stream().map(o -> byId.get(o.id())).collect(Collectors.toList());
        if (!rows.equals(wanted)) {
            OperationRow kept = chosen.get();
            rows.setAll(wanted);
            chosen.set(kept != null && rows.contains(kept) ? kept : rows.size() == 1 ? rows.getFirst() : null);
        }
        long open = ordered.stream().filter(o -> !o.state().isFinal()).count();
        title.set(open == 0 ? PaneText.of("operations.title") : PaneText.of("operations.titleCount", open + ""));
    }

    private void leaveCancelOfWhatIsOver() {
        OperationId id = cancelling.get();
        Operation op = id == null ? null : state.operations().get(id);
        if (op != null && op.state().isFinal()) {
            abandonCancel();
            note.set(PaneText.of("operations.over", OperationText.code(op), stateOf(op)));
        }
    }

    /// Holds what runs and resumes what is held, at once: the chosen operation, or the only one that goes on.
    public void holdOrResume() {
        Operation op = subject();
        if (op == null) {
            return;
        }
        switch (op.state()) {
            case RUNNING -> order(orders.hold(op.id()), "operations.holding", op);
            case HELD -> order(orders.resume(op.id()), "operations.resuming", op);
            case SUCCEEDED, CANCELLED, EXPIRED, FAILED, ROLLED_BACK ->
                note.set(PaneText.of("operations.over", OperationText.code(op), stateOf(op)));
        }
    }

    /// Prepares cancelling, or rolling back, the chosen operation; nothing happens before [#confirmCancel].
    public void planCancel() {
        Operation op = subject();
        if (op == null) {
            return;
        }
        if (op.state().isFinal()) {
            note.set(PaneText.of("operations.over", OperationText.code(op), stateOf(op)));
            return;
        }
        chosen.set(byId.get(op.id()));
        note.set("");
        cancelReason.set("");
        cancelling.set(op.id());
    }

    /// What cancelling the prepared operation would do, empty while none is prepared.
    public String cancelEffect() {
        OperationId id = cancelling.get();
        Operation op = id == null ? null : state.operations().get(id);
        if (op == null) {
            return "";
        }
        return switch (op.spec()) {
            case OperationSpec.Redeploy r ->
                PaneText.of("cancel.redeploy", OperationText.code(op), r.model().code());
            case OperationSpec.Reroute _ -> PaneText.of("cancel.reroute", OperationText.code(op));
            case OperationSpec.Drain _, OperationSpec.Restore _ -> PaneText.of("cancel.other", OperationText.code(op));
        };
    }

    /// Carries out the prepared cancelling.
    public void confirmCancel() {
        OperationId id = cancelling.get();
        Operation op = id == null ? null : state.operations().get(id);
        if (op == null) {
            note.set(PaneText.of("cancel.notPlanned"));
            return;
        }
        cancelling.set(null);
        order(orders.cancel(op.id(), cancelReason.get().strip()), "operations.cancelling", op);
    }

    /// Leaves the prepared cancelling.
    public void abandonCancel() {
        cancelling.set(null);
    }

    /// The chosen operation, or the only one that is not over; else says that one has to be chosen.
    private @Nullable Operation subject() {
        OperationRow row = chosen.get();
        if (row != null) {
            return row.operation();
        }
        List<OperationRow> open =
                rows.stream().filter(r -> !r.operation().state().isFinal()).toList();
        if (open.size() == 1) {
            return open.getFirst().operation();
        }
        note.set(PaneText.of(open.isEmpty() ? "operations.noneRuns" : "operations.chooseOne"));
        return null;
    }

    private void order(CompletableFuture<Operation> answer, String key, Operation op) {
        note.set(PaneText.of(key, OperationText.code(op)));
        // What became of it is told by its row.
        answers.await(answer, _ -> note.set(""), this::refused, _ -> {});
    }

    private void refused(OrderRefused refused) {
        String sentence = RefusalText.sentence(state.lattice(), refused);
        note.set(PaneText.of("operations.refused", RefusalText.withSubjects(state.lattice(), sentence, refused)));
    }

    private static String stateOf(Operation op) {
        OperationState now = op.state();
        return PaneText.of("operation.state", now);
    }
}
