package io.latticeconsole.app.view.plan;

import static io.latticeconsole.app.view.fixture.SmallLattice.NOON;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.fixture.Orders;
import io.latticeconsole.app.view.fixture.ScriptedOrders;
import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.plan.Violation;
import org.junit.jupiter.api.BeforeEach;

/// A plan panel on the small lattice, whose orders the test answers.
abstract class PlanPanel {
    final ScriptedOrders orders = new ScriptedOrders();
    final PlanViewModel panel = new PlanViewModel(orders, Runnable::run);

    @BeforeEach
    void knowsTheLattice() {
        panel.update(SmallLattice.state(), NOON);
    }

    Plan planned(PlanKind kind, ResourceName target, Violation... violations) {
        assertTrue(panel.open(kind, target));
        Plan plan = Orders.plan(orders.lastPlanned(), target, violations);
        orders.answer(plan);
        return plan;
    }

    LatticeOrders.Armed armed(Plan plan) {
        panel.enter();
        LatticeOrders.Armed armed = ScriptedOrders.armed(plan, "m.okafor", NOON);
        orders.answer(armed);
        return armed;
    }

    String refusal() {
        Refusal refusal = panel.notes().refusalProperty().get();
        return refusal == null ? "" : refusal.sentence();
    }
}
