package io.latticeconsole.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectCodecTest {
    @Test
    void anOverloadedSiteHasNoWaitingTimeOnTheWireButHeadroomBelowZero() {
        SiteEffect overloaded = new SiteEffect(
                new SiteId("regions/eu/sites/fra-1"),
                new ModelId("models/chat-8b"),
                new PerSecond(80),
                new PerSecond(400),
                new Millis(180),
                new Millis(Double.POSITIVE_INFINITY),
                new Ratio(0.3),
                new Ratio(-0.2),
                new Watts(4000),
                new Millis(180),
                new Millis(Double.POSITIVE_INFINITY));
        var message = EffectCodec.effects(List.of(overloaded)).getFirst();
        SiteEffect read = EffectCodec.effect(message, Cursor.at("effect"));
        assertFalse(read.ttftP95After().isPresent());
        assertFalse(read.objectiveP95After().isPresent());
        assertEquals(180, read.objectiveP95Before().value());
        assertEquals(180, read.ttftP95Before().value());
        assertEquals(-0.2, read.headroomAfter().value());
    }
}
