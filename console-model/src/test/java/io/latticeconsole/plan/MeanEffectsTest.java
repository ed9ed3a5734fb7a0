package io.latticeconsole.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanEffectsTest {
    private static SiteEffect effect(double before, double after, double p95) {
        return new SiteEffect(
                new SiteId("regions/eu/sites/par-1"),
                new ModelId("models/chat-8b"),
                new PerSecond(before),
                new PerSecond(after),
                new Millis(200),
                new Millis(p95),
                new Ratio(0.5),
                new Ratio(0.25),
                new Watts(900),
                new Millis(300),
                new Millis(p95));
    }

    @Test
    void aFigureIsTheMeanOfTheTimesAtWhichItHadAReading() {
        MeanEffects mean = new MeanEffects(List.of(effect(10, 12, 250)));
        mean.add(List.of(effect(99, 10, Double.NaN)));
        mean.add(List.of(effect(99, 20, 400)));
        mean.add(List.of(effect(99, 18, 500)));
        assertEquals(List.of(effect(10, 16, 450)), mean.effects());
    }

    @Test
    void withoutAReadingThereIsNone() {
        MeanEffects mean = new MeanEffects(List.of(effect(10, 12, 250)));
        SiteEffect none = mean.effects().getFirst();
        assertEquals(10, none.before().value());
        assertTrue(Double.isNaN(none.after().value()));
        mean.add(List.of(effect(10, 15, Double.NaN)));
        assertTrue(Double.isNaN(mean.effects().getFirst().objectiveP95After().value()));
    }
}
