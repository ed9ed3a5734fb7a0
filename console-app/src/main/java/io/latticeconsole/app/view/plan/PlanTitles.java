package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;

/// What a form is about, as its heading.
final class PlanTitles {
    private PlanTitles() {}

    static String of(LatticeState lattice, PlanForm form) {
        String about = switch (form) {
            case DrainForm f -> f.targetsProperty().get();
            case RestoreForm f -> f.targetsProperty().get();
            case RerouteForm f -> ObjectNames.of(lattice, f.route());
            case RedeployForm f -> ObjectNames.of(lattice, f.modelProperty().get());
        };
        return PaneText.of("plan.kind", form.kind()) + " " + about;
    }
}
