package io.latticeconsole.app.view.exercise;

import static io.latticeconsole.app.view.fixture.SmallLattice.CHAT;
import static io.latticeconsole.app.view.fixture.SmallLattice.GATEWAY;
import static io.latticeconsole.app.view.fixture.SmallLattice.NOON;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.fixture.ScriptedOrders;
import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExerciseViewModelTest {
    private final ScriptedOrders orders = new ScriptedOrders();
    private final ExerciseViewModel model = new ExerciseViewModel(orders, Runnable::run);

    @BeforeEach
    void knowsTheLattice() {
        model.update(SmallLattice.state(), NOON);
    }

    @Test
    void theTargetIsPresetFromTheSelectionByKindOfFault() {
        model.preset(PAR_N2);
        assertEquals("PAR-1/n2", model.form().targetProperty().get());
        model.form().kindProperty().set(FaultKind.SITE_POWER_LOSS);
        model.preset(PAR_N2);
        assertEquals("PAR-1", model.form().targetProperty().get());
        model.form().kindProperty().set(FaultKind.BAD_MODEL_VERSION);
        model.preset(PAR_N2);
        assertEquals("", model.form().targetProperty().get());
        model.form().kindProperty().set(FaultKind.CONTROL_LOSS);
        model.preset(PAR_N2);
        model.inject();
        assertEquals(List.of(GATEWAY), orders.lastInjected().targets());
    }

    @Test
    void anotherKindOfFaultTakesATargetThatItCanStrike() {
        model.preset(PAR_N2);
        model.form().kindProperty().set(FaultKind.CONTROL_LOSS);
        model.inject();
        assertEquals(List.of(GATEWAY), orders.lastInjected().targets());
        model.form().kindProperty().set(FaultKind.SITE_POWER_LOSS);
        assertEquals("PAR-1", model.form().targetProperty().get());
        model.form().targetProperty().set("AMS-1");
        model.form().kindProperty().set(FaultKind.POWER_CAP);
        assertEquals("AMS-1", model.form().targetProperty().get(), "it can strike what was typed, too");
        model.form().kindProperty().set(FaultKind.BAD_MODEL_VERSION);
        assertEquals("", model.form().targetProperty().get());
    }

    @Test
    void whatWasInjectedBeforeIsNoNewsOfTheNextFault() {
        model.preset(PAR_N2);
        model.inject();
        orders.answer(new Fault("faults/f-3", orders.lastInjected(), NOON, null, "m.okafor"));
        assertEquals("Injected: Node crash at PAR-1 / n2", model.noteProperty().get());
        model.form().kindProperty().set(FaultKind.SLOW_NODE);
        assertEquals("", model.noteProperty().get());
    }

    @Test
    void injectsWhatTheFieldsSay() {
        model.form().kindProperty().set(FaultKind.ACCELERATOR_XID);
        model.preset(PAR_N2);
        model.form().acceleratorProperty().set("1");
        model.form().durationProperty().set("2 min");
        model.inject();
        assertEquals(
                new FaultSpec(FaultKind.ACCELERATOR_XID, List.of(PAR_N2), 0, 79, 1, 120, ""), orders.lastInjected());
        orders.answer(new Fault("faults/f-3", orders.lastInjected(), NOON, null, "m.okafor"));
        assertEquals(
                "Injected: Accelerator XID 79 at PAR-1 / n2",
                model.noteProperty().get());
    }

    @Test
    void aTargetOfTheWrongKindAndBadNumbersAreNamedAndNothingIsInjected() {
        model.form().kindProperty().set(FaultKind.SLOW_NODE);
        model.form().targetProperty().set("PAR-1");
        model.form().magnitudeProperty().set("fast");
        model.form().durationProperty().set("-3");
        model.inject();
        assertEquals(
                List.of(
                        "Target: 'PAR-1' is not a node, such as PAR-1/n2",
                        "Magnitude: 'fast' is not a number",
                        "Duration: '-3' is not a duration: write 90, 90 s, 2 min or 1 h"),
                model.problemProperty().get().lines().toList());
        assertEquals(List.of(), orders.calls());
    }

    @Test
    void aVersionThatTheModelDoesNotHaveIsRefusedHere() {
        model.form().kindProperty().set(FaultKind.BAD_MODEL_VERSION);
        model.preset(CHAT);
        model.form().versionProperty().set("9.9");
        model.inject();
        assertEquals(
                "Version: '9.9' is no version of chat-8b; it has 2.0, 2.1",
                model.problemProperty().get());
        model.form().versionProperty().set("2.1");
        model.inject();
        assertEquals("2.1", orders.lastInjected().version());
    }

    @Test
    void refusalsAreShownInPlaceWithTheirSubject() {
        model.preset(PAR_N2);
        model.inject();
        orders.refuse("FAILED_PRECONDITION", "ALREADY_DOWN", PAR_N2.name() + " is down already", PAR_N2.name());
        assertEquals("PAR-1 / n2 is down already", model.problemProperty().get());
        model.inject();
        orders.refuse("FAILED_PRECONDITION", "ALREADY_DOWN", "it is down already", PAR_N2.name());
        assertEquals("it is down already — PAR-1 / n2", model.problemProperty().get());
    }

    @Test
    void activeFaultsAreListedAndCleared() {
        Fault fault = new Fault(
                "faults/f-3",
                new FaultSpec(FaultKind.SITE_POWER_LOSS, List.of(PAR), 0, 0, 0, 60, ""),
                NOON.minusSeconds(20),
                NOON.plusSeconds(40),
                "m.okafor");
        model.update(SmallLattice.withFault(SmallLattice.state(), fault), NOON);
        FaultRow row = model.faults().getFirst();
        assertEquals("Site power loss", row.what());
        assertEquals("PAR-1", row.where());
        assertEquals("20 s, 40 s left", row.age());
        model.clear(row);
        assertEquals("clear faults/f-3", orders.calls().getLast());
        model.update(SmallLattice.withFault(SmallLattice.state(), fault), NOON.plusSeconds(41));
        assertEquals(List.of(), model.faults(), "what has ended is not active");
    }

    @Test
    void theClockPausesAndChangesItsRate() {
        assertTrue(model.availableProperty().get());
        assertEquals("Lattice clock runs at × 1", model.clockProperty().get());
        model.pauseOrGoOn();
        assertEquals("clock true 0.0", orders.calls().getLast());
        model.setRate(5);
        assertEquals("clock false 5.0", orders.calls().getLast());
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyKindSaysWhatItStrikes(FaultKind kind) {
        model.form().kindProperty().set(kind);
        model.form().targetProperty().set("nowhere-9");
        model.inject();
        assertTrue(model.problemProperty().get().startsWith("Target: 'nowhere-9' is not a"));
    }
}
