package io.latticeconsole.app.view.map;

import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.text.MapText;
import io.latticeconsole.app.view.map.raster.MapWords;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;

/// The map's words from the program's messages and formats. Thread-safe.
public final class TopologyWords implements MapWords {
    @Override
    public String tier(Tier tier) {
        return MapText.of("tier", tier);
    }

    @Override
    public String admin(AdminState admin) {
        return MapText.of("admin", admin);
    }

    @Override
    public String health(Health health) {
        return MapText.of("health", health);
    }

    @Override
    public String unreachable() {
        return MapText.of("unreachable");
    }

    @Override
    public String noReading() {
        return MapText.of("noReading");
    }

    @Override
    public String priority(int level) {
        return MapText.of("priority", Integer.toString(level));
    }

    @Override
    public String accelerators(int count) {
        return MapText.of(count == 1 ? "accelerators.one" : "accelerators.many", Integer.toString(count));
    }

    @Override
    public String mark(Mark mark) {
        return MapText.of("mark", mark);
    }

    @Override
    public String value(Mark mark, float value) {
        return switch (mark) {
            case UTILIZATION -> Figures.text(new Ratio(value));
            case TEMPERATURE -> Figures.text(new Celsius(value));
            case POWER -> Figures.text(new Watts(value));
            case LATENCY -> Figures.text(new Millis(value));
        };
    }

    @Override
    public String delta(double requestsPerSecond) {
        String size = Figures.text(new PerSecond(Math.abs(requestsPerSecond)));
        return (requestsPerSecond < 0 ? "−" : "+") + size;
    }
}
