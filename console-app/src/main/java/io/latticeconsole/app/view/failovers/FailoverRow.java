package io.latticeconsole.app.view.failovers;

import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.Failover;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// One failover in the table; the row stays while what it shows changes.
public final class FailoverRow {
    private final ReadOnlyObjectWrapper<FailoverText> text;
    private Failover failover;

    FailoverRow(Failover failover, FailoverText text) {
        this.failover = failover;
        this.text = new ReadOnlyObjectWrapper<>(text);
    }

    /// What was lost.
    public ResourceName subject() {
        return failover.subject();
    }

    public ReadOnlyObjectProperty<FailoverText> textProperty() {
        return text.getReadOnlyProperty();
    }

    Failover failover() {
        return failover;
    }

    void show(Failover newest, FailoverText newText) {
        failover = newest;
        text.set(newText);
    }
}
