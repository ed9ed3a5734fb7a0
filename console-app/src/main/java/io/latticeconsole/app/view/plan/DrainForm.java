package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.format.Entry;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.OperationSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What to take out of service, by when, and what happens to what still runs then.
public final class DrainForm implements PlanForm {
    private static final double LONGEST_SECONDS = 24 * 3600;
    private final StringProperty targets = new SimpleStringProperty("");
    private final ObjectProperty<DeadlinePolicy> policy = new SimpleObjectProperty<>(DeadlinePolicy.EXTEND);
    private final StringProperty deadline = new SimpleStringProperty("");

    public StringProperty targetsProperty() {
        return targets;
    }

    public ObjectProperty<DeadlinePolicy> policyProperty() {
        return policy;
    }

    public StringProperty deadlineProperty() {
        return deadline;
    }

    @Override
    public PlanKind kind() {
        return PlanKind.DRAIN;
    }

    @Override
    public List<Observable> inputs() {
        return List.of(targets, policy, deadline);
    }

    @Override
    public Checked check(LatticeState lattice) {
        List<FieldError> errors = new ArrayList<>();
        Targets.Read read = Fields.targets(lattice, targets.get(), errors);
        Entry seconds = Fields.entry(FormField.DEADLINE, Entry.seconds(deadline.get(), LONGEST_SECONDS), errors);
        if (!errors.isEmpty()) {
            return new Checked(null, errors);
        }
        Duration by = Fields.duration(seconds);
        return new Checked(new OperationSpec.Drain(read.names(), by, policy.get()), errors);
    }

    @Override
    public String toString() {
        return PaneText.of("plan.kind", kind()) + " " + targets.get();
    }
}
