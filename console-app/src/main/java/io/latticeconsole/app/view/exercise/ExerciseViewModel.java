package io.latticeconsole.app.view.exercise;

import io.latticeconsole.app.format.LatticeTime;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.format.RefusalText;
import io.latticeconsole.app.format.Times;
import io.latticeconsole.app.fx.LatestAnswer;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Faults injected on purpose, and the lattice's clock; only in mode EXERCISE. FX thread only.
public final class ExerciseViewModel {
    private final LatticeOrders orders;
    private final LatestAnswer answers;
    private final FaultForm form = new FaultForm();
    private final ObservableList<FaultRow> faults = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper available = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper paused = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper clock = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private ConsoleState state = ConsoleState.EMPTY;
    private @Nullable ResourceName selected;

    public ExerciseViewModel(LatticeOrders orders, Executor fx) {
        this.orders = orders;
        answers = new LatestAnswer(fx);
        form.kindProperty().addListener(_ -> kindChosen());
    }

    public FaultForm form() {
        return form;
    }

    /// Active faults, newest first.
    public ObservableList<FaultRow> faults() {
        return faults;
    }

    /// Whether the lattice is in mode EXERCISE.
    public ReadOnlyBooleanProperty availableProperty() {
        return available.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty pausedProperty() {
        return paused.getReadOnlyProperty();
    }

    /// The lattice's clock in words.
    public ReadOnlyStringProperty clockProperty() {
        return clock.getReadOnlyProperty();
    }

    /// What is wrong with the form or was refused, empty when nothing.
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// What the last order did, empty before the first.
    public ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    /// Takes over what is known now.
    public void update(ConsoleState newest, Instant wallNow) {
        state = newest;
        available.set(newest.endpoints().values().stream()
                .anyMatch(e -> e.info() != null && e.info().mode() == Mode.EXERCISE));
        Instant latticeNow = LatticeTime.now(newest, wallNow);
        List<FaultRow> wanted = newest.faults().values().stream()
                .filter(f -> f.end() == null || latticeNow == null || f.end().isAfter(latticeNow))
                .sorted(Comparator.comparing(Fault::start).reversed().thenComparing(Fault::name))
                .map(f -> row(newest.lattice(), f, latticeNow))
                .toList();
        if (!faults.equals(wanted)) {
            faults.setAll(wanted);
        }
        showClock(newest);
    }

    /// Fills the target in from what is selected, where that fits the chosen kind of fault.
    public void preset(@Nullable ResourceName selected) {
        this.selected = selected;
        ResourceName fitting =
                FaultMenu.preset(state.lattice(), form.kindProperty().get(), selected);
        form.targetProperty()
                .set(
                        fitting == null
                                ? ""
                                : ObjectNames.of(state.lattice(), fitting).replace(" / ", "/"));
        problem.set("");
    }

    private void kindChosen() {
        note.set("");
        problem.set("");
        if (!form.strikes(state.lattice())) {
            preset(selected);
        }
    }

    /// The names of everything that the chosen kind of fault can strike.
    public List<String> choices() {
        LatticeState lattice = state.lattice();
        return FaultMenu.choices(lattice, form.kindProperty().get()).stream()
                .map(c -> ObjectNames.of(lattice, c).replace(" / ", "/"))
                .toList();
    }

    public void inject() {
        note.set("");
        FaultForm.Checked checked = form.check(state.lattice());
        FaultSpec spec = checked.spec();
        if (spec == null) {
            problem.set(String.join("\n", checked.problems()));
            return;
        }
        order(
                orders.inject(spec),
                f -> PaneText.of("fault.injected", what(f.spec()), where(state.lattice(), f.spec())));
    }

    public void clear(FaultRow fault) {
        order(orders.clear(fault.name()), f -> PaneText.of("fault.cleared", what(f.spec())));
    }

    /// Stops the lattice's clock or lets it go on.
    public void pauseOrGoOn() {
        boolean pause = !paused.get();
        order(orders.setClock(pause, 0), _ -> PaneText.of(pause ? "clock.pausing" : "clock.goingOn"));
    }

    /// Changes how many lattice seconds pass in a wall second.
    public void setRate(double rate) {
        order(orders.setClock(paused.get(), rate), _ -> PaneText.of("clock.rateSet", plain(rate)));
    }

    private <T> void order(CompletableFuture<T> answer, Function<T, String> told) {
        problem.set("");
        answers.await(answer, value -> note.set(told.apply(value)), this::refused, _ -> {});
    }

    private void refused(OrderRefused refused) {
        String sentence = RefusalText.sentence(state.lattice(), refused);
        problem.set(RefusalText.withSubjects(state.lattice(), sentence, refused));
    }

    private void showClock(ConsoleState newest) {
        ClockReading reading = newest.endpoints().values().stream()
                .filter(e -> e.clock() != null && e.lastHeard() != null)
                .max(Comparator.comparing(EndpointState::lastHeard))
                .map(EndpointState::clock)
                .orElse(null);
        paused.set(reading != null && reading.paused());
        if (reading == null) {
            clock.set("");
        } else if (reading.paused()) {
            clock.set(PaneText.of("clock.paused"));
        } else if (Math.abs(reading.achievedRate() - reading.rate()) > 0.05 * reading.rate()) {
            clock.set(PaneText.of("clock.slow", plain(reading.rate()), plain(reading.achievedRate())));
        } else {
            clock.set(PaneText.of("clock.runs", plain(reading.rate())));
        }
    }

    private static String plain(double rate) {
        return rate == Math.rint(rate)
                ? Long.toString(Math.round(rate))
                : Double.toString(Math.round(rate * 10) / 10.0);
    }

    private static FaultRow row(LatticeState lattice, Fault fault, @Nullable Instant latticeNow) {
        String age = latticeNow == null ? "" : Times.seconds(Duration.between(fault.start(), latticeNow));
        if (fault.end() != null && latticeNow != null) {
            age = PaneText.of("fault.until", age, Times.seconds(Duration.between(latticeNow, fault.end())));
        }
        return new FaultRow(fault.name(), what(fault.spec()), where(lattice, fault.spec()), age, fault.operator());
    }

    private static String what(FaultSpec spec) {
        String kind = PaneText.of("fault.kind", spec.kind());
        return spec.xid() > 0 ? kind + " " + spec.xid() : (kind + " " + spec.version()).strip();
    }

    private static String where(LatticeState lattice, FaultSpec spec) {
        return spec.targets().stream().map(t -> ObjectNames.of(lattice, t)).collect(Collectors.joining(", "));
    }
}
