package io.latticeconsole.app.view.topbar;

import io.latticeconsole.app.format.Steady;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;

/// Holds the lattice's figures still against noise.
final class SteadyFigures {
    private final Steady requests = Steady.ofRate(0.03);
    private final Steady ttft = new Steady(0.06, 2);
    private final Steady e2e = new Steady(0.06, 2);
    private final Steady errors = new Steady(0.1, 0.001);
    private final Steady power = new Steady(0.02, 10);
    private final Steady tokens = new Steady(0.03, 1);

    LatticeFigures follow(LatticeFigures newest, long millis) {
        return new LatticeFigures(
                new PerSecond(requests.follow(newest.requests().value(), millis)),
                new Millis(ttft.follow(newest.ttftP95().value(), millis)),
                new Millis(e2e.follow(newest.e2eP95().value(), millis)),
                new Ratio(errors.follow(newest.errors().value(), millis)),
                new Watts(power.follow(newest.power().value(), millis)),
                newest.powerCap(),
                new PerSecond(tokens.follow(newest.tokens().value(), millis)));
    }
}
