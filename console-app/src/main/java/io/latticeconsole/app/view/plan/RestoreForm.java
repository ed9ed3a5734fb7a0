package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.format.Entry;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.operation.OperationSpec;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What to bring back into service and how slowly.
public final class RestoreForm implements PlanForm {
    private static final double LONGEST_SECONDS = 3600;
    private final StringProperty targets = new SimpleStringProperty("");
    private final StringProperty slowStart = new SimpleStringProperty("");

    public StringProperty targetsProperty() {
        return targets;
    }

    public StringProperty slowStartProperty() {
        return slowStart;
    }

    @Override
    public PlanKind kind() {
        return PlanKind.RESTORE;
    }

    @Override
    public List<Observable> inputs() {
        return List.of(targets, slowStart);
    }

    @Override
    public Checked check(LatticeState lattice) {
        List<FieldError> errors = new ArrayList<>();
        Targets.Read read = Fields.targets(lattice, targets.get(), errors);
        Entry seconds = Fields.entry(FormField.SLOW_START, Entry.seconds(slowStart.get(), LONGEST_SECONDS), errors);
        return errors.isEmpty()
                ? new Checked(new OperationSpec.Restore(read.names(), Fields.duration(seconds)), errors)
                : new Checked(null, errors);
    }

    @Override
    public String toString() {
        return PaneText.of("plan.kind", kind()) + " " + targets.get();
    }
}
