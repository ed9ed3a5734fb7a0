package io.latticeconsole.app.view.selection;

import io.latticeconsole.lattice.ResourceName;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// What the operator has selected: one object of the lattice by name, or nothing. One instance is shared by
/// map, tables, rails and inspector, each of which follows it and may change it; a name stays selected when its
/// object goes away. FX thread only.
public final class Selection {
    private final ReadOnlyObjectWrapper<@Nullable ResourceName> selected = new ReadOnlyObjectWrapper<>();

    /// The selected name; its value is null while nothing is selected.
    public ReadOnlyObjectProperty<@Nullable ResourceName> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    public @Nullable ResourceName selected() {
        return selected.get();
    }

    /// Selects an object; listeners hear of it only if it was not selected before.
    public void select(ResourceName name) {
        if (!name.equals(selected.get())) {
            selected.set(name);
        }
    }

    public void clear() {
        selected.set(null);
    }
}
