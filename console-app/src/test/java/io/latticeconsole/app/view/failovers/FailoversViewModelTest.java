package io.latticeconsole.app.view.failovers;

import static io.latticeconsole.app.view.fixture.SmallLattice.AMS;
import static io.latticeconsole.app.view.fixture.SmallLattice.AMS_N2;
import static io.latticeconsole.app.view.fixture.SmallLattice.CHAT;
import static io.latticeconsole.app.view.fixture.SmallLattice.NOON;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverId;
import io.latticeconsole.operation.FailoverPhase;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailoversViewModelTest {
    private final FailoversViewModel model = new FailoversViewModel();

    private static SiteEffect took(double perSecond) {
        return new SiteEffect(
                AMS,
                CHAT,
                new PerSecond(80),
                new PerSecond(80 + perSecond),
                Millis.NONE,
                Millis.NONE,
                Ratio.NONE,
                Ratio.NONE,
                Watts.NONE,
                Millis.NONE,
                Millis.NONE);
    }

    private static Failover failover(FailoverPhase phase, Map<FailoverPhase, Instant> reached) {
        return failover(phase, reached, List.of(took(312)));
    }

    private static Failover failover(
            FailoverPhase phase, Map<FailoverPhase, Instant> reached, List<SiteEffect> measured) {
        return new Failover(
                new FailoverId("regions/eu/failovers/fo-118"),
                PAR_N2,
                "connection broken",
                NOON,
                phase,
                reached,
                38,
                27,
                11,
                0,
                measured,
                List.of(new Placement(CHAT, AMS_N2, 23)),
                List.of(took(290)));
    }

    private static final Map<FailoverPhase, Instant> REROUTED = Map.of(
            FailoverPhase.DETECT,
            NOON.plusMillis(300),
            FailoverPhase.DECIDE,
            NOON.plusMillis(400),
            FailoverPhase.REROUTE,
            NOON.plusMillis(1000));

    @Test
    void fillsPhaseByPhase() {
        Failover warming = failover(FailoverPhase.WARM, REROUTED);
        model.update(SmallLattice.withFailover(SmallLattice.state(), warming), NOON.plusMillis(6200));
        FailoverText text = model.rows().getFirst().textProperty().get();
        assertEquals("FO-118", text.code());
        assertEquals("PAR-1 / n2", text.subject());
        assertEquals(
                List.of("0.3 s", "0.1 s", "0.6 s", "5.2 s …", ""),
                text.phases().stream().map(p -> p.time()).toList());
        assertEquals("6.2 s …", text.total());
        assertEquals("38", text.inFlight());
        assertEquals("AMS-1 chat-8b +312/s", text.destinations());
        assertEquals("chat-8b loading on AMS-1 / n2", text.placements());
        assertTrue(text.open());
    }

    @Test
    void whatIsOnlyExpectedYetSaysSo() {
        FailoverRow row = row(failover(FailoverPhase.REROUTE, REROUTED, List.of()), NOON.plusSeconds(1));
        assertEquals("expected: AMS-1 chat-8b +290/s", row.textProperty().get().destinations());
    }

    @Test
    void isOverOnceRecoveredAndItsTimeStandsStill() {
        FailoverRow row = row(failover(FailoverPhase.WARM, REROUTED), NOON.plusSeconds(6));
        var all = new EnumMap<FailoverPhase, Instant>(REROUTED);
        all.put(FailoverPhase.WARM, NOON.plusSeconds(20));
        all.put(FailoverPhase.RECOVERED, NOON.plusSeconds(25));
        Failover over = failover(FailoverPhase.RECOVERED, all);
        assertSame(row, row(over, NOON.plusSeconds(60)));
        assertEquals("25 s", row.textProperty().get().total());
        assertFalse(row.textProperty().get().open());
        assertEquals("Failovers 1", model.titleProperty().get());
    }

    private FailoverRow row(Failover failover, Instant now) {
        model.update(SmallLattice.withFailover(SmallLattice.state(), failover), now);
        return model.rows().getFirst();
    }
}
