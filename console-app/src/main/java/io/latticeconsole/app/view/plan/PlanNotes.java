package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.format.RefusalText;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.LatticeState;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// What the panel tells the operator beside the plan: errors of fields, refusals at their step, who else holds the
/// targets, the outcome. FX thread only.
public final class PlanNotes {
    private final ReadOnlyObjectWrapper<List<FieldError>> fieldErrors = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<@Nullable Refusal> refusal = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Outcome> outcome = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper heldByOther = new ReadOnlyStringWrapper("");

    public ReadOnlyObjectProperty<List<FieldError>> fieldErrorsProperty() {
        return fieldErrors.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Refusal> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Outcome> outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    /// Who else holds the targets and for how long, empty where nobody does.
    public ReadOnlyStringProperty heldByOtherProperty() {
        return heldByOther.getReadOnlyProperty();
    }

    /// Takes back errors and refusal: something else was tried.
    void clear() {
        fieldErrors.set(List.of());
        refusal.set(null);
    }

    void fieldErrors(List<FieldError> errors) {
        fieldErrors.set(errors);
    }

    void refuse(Refusal.Step step, String sentence) {
        refusal.set(new Refusal(step, sentence));
    }

    void refuse(Refusal.Step step, LatticeState lattice, OrderRefused refused) {
        fieldErrors.set(ArmChecks.fields(lattice, refused));
        String sentence = ArmChecks.sentence(lattice, refused);
        refusal.set(new Refusal(step, RefusalText.withSubjects(lattice, sentence, refused)));
    }

    void outcome(@Nullable Outcome readBack) {
        outcome.set(readBack);
    }

    void heldByOther(String sentence) {
        heldByOther.set(sentence);
    }
}
