package io.latticeconsole.app.view.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.OperationSpec;
import java.util.List;

/// Which short code has to be typed before an order is armed and started.
final class Confirmation {
    private Confirmation() {}

    /// The code to type, empty where none is asked for: acting on a whole site, forcing, or accepting a risk.
    static String code(LatticeState lattice, OperationSpec spec, boolean acceptRisk) {
        return switch (spec) {
            case OperationSpec.Drain d -> of(lattice, d.targets(), acceptRisk || d.policy() == DeadlinePolicy.FORCE);
            case OperationSpec.Restore r -> of(lattice, r.targets(), acceptRisk);
            case OperationSpec.Reroute r -> acceptRisk ? r.route().code() : "";
            case OperationSpec.Redeploy r -> acceptRisk ? r.model().code() : "";
        };
    }

    private static String of(LatticeState lattice, List<ResourceName> targets, boolean always) {
        List<ResourceName> sites =
                targets.stream().filter(t -> t instanceof SiteId).toList();
        if (!sites.isEmpty()) {
            return Targets.text(lattice, sites);
        }
        return always ? Targets.text(lattice, targets) : "";
    }

    /// Whether what was typed is that code; case and spaces do not matter.
    static boolean matches(String code, String typed) {
        return code.replace(" ", "").equalsIgnoreCase(typed.replace(" ", ""));
    }
}
