package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.plan.Plan;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// What an operator has to give beyond the keys before an order is armed and started: a reason, the acceptance
/// of a risk, the target's short code. FX thread only.
public final class Safeguards {
    private final ReadOnlyStringWrapper requiredCode = new ReadOnlyStringWrapper("");
    private final StringProperty typedCode = new SimpleStringProperty("");
    private final StringProperty reason = new SimpleStringProperty("");
    private final BooleanProperty acceptRisk = new SimpleBooleanProperty();

    /// The short code that has to be typed, empty where none is asked for.
    public ReadOnlyStringProperty requiredCodeProperty() {
        return requiredCode.getReadOnlyProperty();
    }

    public StringProperty typedCodeProperty() {
        return typedCode;
    }

    public StringProperty reasonProperty() {
        return reason;
    }

    public BooleanProperty acceptRiskProperty() {
        return acceptRisk;
    }

    String reason() {
        return reason.get().strip();
    }

    void clear() {
        acceptRisk.set(false);
        typedCode.set("");
        reason.set("");
    }

    void refresh(LatticeState lattice, @Nullable Plan plan) {
        requiredCode.set(plan == null ? "" : Confirmation.code(lattice, plan.spec(), acceptRisk.get()));
    }

    /// What is still missing for a plan, as a sentence; empty when nothing.
    String missing(Plan plan) {
        String code = requiredCode.get();
        String typed = typedCode.get();
        if (plan.addsViolation() && !acceptRisk.get()) {
            return PaneText.of("plan.addsViolation");
        }
        if (acceptRisk.get() && reason.get().isBlank()) {
            return PaneText.of("plan.riskReason");
        }
        if (!code.isEmpty() && !Confirmation.matches(code, typed)) {
            return typed.isBlank() ? PaneText.of("plan.typeCode", code) : PaneText.of("plan.wrongCode", code, typed);
        }
        return "";
    }
}
