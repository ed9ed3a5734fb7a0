package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.format.Entry;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.OperationSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Which version of a model goes where, and behind which gate.
public final class RedeployForm implements PlanForm {
    private final List<ModelId> models;
    private final ObjectProperty<ModelId> model;
    private final StringProperty version = new SimpleStringProperty("");
    private final StringProperty nodes = new SimpleStringProperty("");
    private final StringProperty canary = new SimpleStringProperty("");
    private final StringProperty bake = new SimpleStringProperty("");
    private final StringProperty maxErrors = new SimpleStringProperty("");
    private final StringProperty maxTtft = new SimpleStringProperty("");
    private final StringProperty surge = new SimpleStringProperty("");

    RedeployForm(LatticeState lattice, ModelId preset) {
        models = new ArrayList<>(new TreeSet<>(lattice.models().keySet()));
        model = new SimpleObjectProperty<>(preset);
    }

    /// All models, in order of name.
    public List<ModelId> models() {
        return models;
    }

    public ObjectProperty<ModelId> modelProperty() {
        return model;
    }

    public StringProperty versionProperty() {
        return version;
    }

    public StringProperty nodesProperty() {
        return nodes;
    }

    public StringProperty canaryProperty() {
        return canary;
    }

    public StringProperty bakeProperty() {
        return bake;
    }

    public StringProperty maxErrorsProperty() {
        return maxErrors;
    }

    public StringProperty maxTtftProperty() {
        return maxTtft;
    }

    public StringProperty surgeProperty() {
        return surge;
    }

    /// The versions of a model that may be deployed, newest last as its owner lists them.
    public static List<String> versions(LatticeState lattice, ModelId model) {
        Model known = lattice.models().get(model);
        return known == null ? List.of() : known.versions();
    }

    @Override
    public PlanKind kind() {
        return PlanKind.REDEPLOY;
    }

    @Override
    public List<Observable> inputs() {
        return List.of(model, version, nodes, canary, bake, maxErrors, maxTtft, surge);
    }

    @Override
    public Checked check(LatticeState lattice) {
        List<FieldError> errors = new ArrayList<>();
        List<NodeId> chosen = readNodes(lattice, errors);
        if (version.get().isBlank()) {
            String known = String.join(", ", versions(lattice, model.get()));
            errors.add(new FieldError(FormField.VERSION, PaneText.of("redeploy.version", known)));
        }
        Entry share = Fields.entry(FormField.CANARY, Entry.percent(canary.get(), 1, 100), errors);
        Entry baking = Fields.entry(FormField.BAKE, Entry.seconds(bake.get(), 24 * 3600), errors);
        Entry errorRatio = Fields.entry(FormField.MAX_ERRORS, Entry.percent(maxErrors.get(), 0.01, 100), errors);
        Entry factor = Fields.entry(FormField.MAX_TTFT, Entry.number(maxTtft.get(), 1, 100), errors);
        Entry most = Fields.entry(FormField.SURGE, Entry.number(surge.get(), 1, 1000), errors);
        if (!errors.isEmpty()) {
            return new Checked(null, errors);
        }
        return new Checked(
                new OperationSpec.Redeploy(
                        model.get(),
                        version.get().strip(),
                        chosen,
                        Fields.orDefault(share),
                        Fields.duration(baking),
                        Fields.orDefault(errorRatio),
                        Fields.orDefault(factor),
                        (int) Fields.orDefault(most)),
                errors);
    }

    private List<NodeId> readNodes(LatticeState lattice, List<FieldError> errors) {
        Targets.Read read = Targets.read(lattice, nodes.get());
        if (!read.problem().isEmpty()) {
            errors.add(new FieldError(FormField.NODES, read.problem()));
        }
        Set<NodeId> chosen = new TreeSet<>();
        for (ResourceName name : read.names()) {
            if (name instanceof NodeId node) {
                chosen.add(node);
            } else if (name instanceof SiteId site) {
                lattice.nodes().keySet().stream()
                        .filter(n -> n.site().equals(site) && hasModel(lattice, n))
                        .forEach(chosen::add);
            }
        }
        if (chosen.isEmpty() && !read.names().isEmpty()) {
            errors.add(new FieldError(
                    FormField.NODES, PaneText.of("redeploy.nodes", model.get().code())));
        }
        return List.copyOf(chosen);
    }

    private boolean hasModel(LatticeState lattice, NodeId node) {
        return lattice.replicasOf(node).stream().anyMatch(r -> r.model().equals(model.get()));
    }

    @Override
    public String toString() {
        return PaneText.of("plan.kind", kind()) + " " + model.get().name();
    }
}
