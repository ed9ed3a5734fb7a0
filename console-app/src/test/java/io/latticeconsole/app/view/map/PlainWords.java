package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.raster.MapWords;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Tier;
import java.util.Locale;

/// Words for tests that do not read them from the program's messages.
public final class PlainWords implements MapWords {
    @Override
    public String tier(Tier tier) {
        return tier.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String admin(AdminState admin) {
        return admin == AdminState.SERVING ? "" : admin.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String health(Health health) {
        return health.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String unreachable() {
        return "unreachable";
    }

    @Override
    public String noReading() {
        return "no reading";
    }

    @Override
    public String priority(int level) {
        return "priority " + level;
    }

    @Override
    public String accelerators(int count) {
        return count + " accelerators";
    }

    @Override
    public String mark(Mark mark) {
        return mark.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String value(Mark mark, float value) {
        return mark == Mark.UTILIZATION ? Math.round(value * 100) + " %" : Math.round(value) + " ";
    }

    @Override
    public String delta(double requestsPerSecond) {
        return String.format(Locale.ROOT, "%+.0f/s", requestsPerSecond);
    }
}
