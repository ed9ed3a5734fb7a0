package io.latticeconsole.app.view.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.operation.OperationSpec;
import java.util.List;
import javafx.beans.Observable;
import org.jspecify.annotations.Nullable;

/// What the operator fills in before planning. Fields left empty mean the contract's defaults.
public sealed interface PlanForm permits DrainForm, RestoreForm, RerouteForm, RedeployForm {
    PlanKind kind();

    /// The order that the fields make, or what is wrong with them.
    Checked check(LatticeState lattice);

    /// Whatever outdates a plan when it changes.
    List<Observable> inputs();

    /// Either a specification or errors.
    record Checked(@Nullable OperationSpec spec, List<FieldError> errors) {
        public Checked {
            errors = List.copyOf(errors);
        }
    }
}
