package io.latticeconsole.app.view.exercise;

import io.latticeconsole.app.format.Entry;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.ResourceName;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The fault that the operator puts together. Targets are written as people write them, `PAR-1/n2`; numbers left empty
/// mean the kind's default.
public final class FaultForm {
    private static final double LONGEST_SECONDS = 24 * 3600;
    private final ObjectProperty<FaultKind> kind = new SimpleObjectProperty<>(FaultKind.NODE_CRASH);
    private final StringProperty target = new SimpleStringProperty("");
    private final StringProperty magnitude = new SimpleStringProperty("");
    private final StringProperty xid = new SimpleStringProperty("79");
    private final StringProperty accelerator = new SimpleStringProperty("0");
    private final StringProperty duration = new SimpleStringProperty("");
    private final StringProperty version = new SimpleStringProperty("");

    public ObjectProperty<FaultKind> kindProperty() {
        return kind;
    }

    public StringProperty targetProperty() {
        return target;
    }

    public StringProperty magnitudeProperty() {
        return magnitude;
    }

    public StringProperty xidProperty() {
        return xid;
    }

    public StringProperty acceleratorProperty() {
        return accelerator;
    }

    public StringProperty durationProperty() {
        return duration;
    }

    public StringProperty versionProperty() {
        return version;
    }

    /// The fields that the chosen kind of fault has beside target and duration.
    public boolean hasMagnitude() {
        return !FaultMenu.magnitudeUnit(kind.get()).isEmpty();
    }

    public boolean hasXid() {
        return kind.get() == FaultKind.ACCELERATOR_XID;
    }

    public boolean hasVersion() {
        return kind.get() == FaultKind.BAD_MODEL_VERSION;
    }

    /// What the target field of the chosen kind wants.
    public String targetPrompt() {
        return PaneText.of("fault.target", FaultMenu.strikes(kind.get()));
    }

    public String magnitudePrompt() {
        return hasMagnitude() ? PaneText.of("fault.magnitude." + FaultMenu.magnitudeUnit(kind.get())) : "";
    }

    /// Either a fault to inject or what is wrong, by field.
    record Checked(@Nullable FaultSpec spec, List<String> problems) {}

    Checked check(LatticeState lattice) {
        List<String> problems = new ArrayList<>();
        List<ResourceName> targets = targets(lattice, problems);
        Entry size = magnitude(problems);
        Entry seconds = noted(Entry.seconds(duration.get(), LONGEST_SECONDS), "field.duration_seconds", problems);
        int number = 0;
        int index = 0;
        if (hasXid()) {
            number = whole(Entry.number(xid.get(), 1, 999), "field.xid", problems);
            index = whole(Entry.number(accelerator.get(), 0, 63), "field.accelerator_index", problems);
        }
        String bad = hasVersion() ? badVersion(lattice, targets, problems) : "";
        if (!problems.isEmpty()) {
            return new Checked(null, problems);
        }
        return new Checked(
                new FaultSpec(kind.get(), targets, orZero(size), number, index, orZero(seconds), bad), problems);
    }

    /// Whether the chosen kind of fault can strike the target.
    boolean strikes(LatticeState lattice) {
        List<String> problems = new ArrayList<>();
        targets(lattice, problems);
        return problems.isEmpty();
    }

    private List<ResourceName> targets(LatticeState lattice, List<String> problems) {
        List<? extends ResourceName> choices = FaultMenu.choices(lattice, kind.get());
        List<ResourceName> found = new ArrayList<>();
        for (String part : target.get().split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            ResourceName match = choices.stream()
                    .filter(c ->
                            spelled(ObjectNames.of(lattice, c), part) || spelled(c.name(), part) || isCode(c, part))
                    .findFirst()
                    .orElse(null);
            if (match == null) {
                problems.add(PaneText.of("fault.noTarget", part.strip(), targetPrompt()));
            } else {
                found.add(match);
            }
        }
        if (found.isEmpty() && problems.isEmpty()) {
            problems.add(PaneText.of("fault.needsTarget", targetPrompt()));
        }
        return found;
    }

    private static boolean spelled(String name, String typed) {
        return name.replace(" ", "").equalsIgnoreCase(typed.replace(" ", ""));
    }

    private static boolean isCode(ResourceName choice, String typed) {
        String name = choice.name();
        boolean unique = !name.contains("/nodes/") && !name.contains("/paths/");
        return unique && spelled(name.substring(name.lastIndexOf('/') + 1), typed);
    }

    private Entry magnitude(List<String> problems) {
        Entry entry = switch (FaultMenu.magnitudeUnit(kind.get())) {
            case "percent", "errors" -> Entry.percent(magnitude.get(), 0, 100);
            case "factor" -> Entry.number(magnitude.get(), 1, 100);
            case "millis" -> Entry.number(magnitude.get(), 0, 60_000);
            case "seconds" -> Entry.number(magnitude.get(), 0, 3_600);
            case "watts" -> Entry.number(magnitude.get(), 0, 1e9);
            default -> new Entry(Double.NaN, "");
        };
        return noted(entry, "field.magnitude", problems);
    }

    private static int whole(Entry entry, String key, List<String> problems) {
        Entry checked = entry.isEmpty() && entry.problem().isEmpty()
                ? new Entry(Double.NaN, PaneText.of("fault.missing"))
                : entry;
        return (int) orZero(noted(checked, key, problems));
    }

    private String badVersion(LatticeState lattice, List<ResourceName> targets, List<String> problems) {
        String typed = version.get().strip();
        for (ResourceName name : targets) {
            Model model = name instanceof ModelId id ? lattice.models().get(id) : null;
            if (model != null && !model.versions().contains(typed)) {
                String known = String.join(", ", model.versions());
                problems.add(PaneText.of("fault.noVersion", typed, model.id().code(), known));
            }
        }
        return typed;
    }

    private static Entry noted(Entry entry, String key, List<String> problems) {
        if (!entry.problem().isEmpty()) {
            problems.add(PaneText.of(key) + ": " + entry.problem());
        }
        return entry;
    }

    private static double orZero(Entry entry) {
        return entry.isEmpty() ? 0 : entry.value();
    }
}
