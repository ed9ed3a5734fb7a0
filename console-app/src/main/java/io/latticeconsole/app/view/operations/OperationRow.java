package io.latticeconsole.app.view.operations;

import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// One operation in the table; the row stays while what it shows changes.
public final class OperationRow {
    private final OperationId id;
    private final ReadOnlyObjectWrapper<OperationText> text;
    private Operation operation;

    OperationRow(Operation operation, OperationText text) {
        this.id = operation.id();
        this.operation = operation;
        this.text = new ReadOnlyObjectWrapper<>(text);
    }

    public OperationId id() {
        return id;
    }

    public Operation operation() {
        return operation;
    }

    public ReadOnlyObjectProperty<OperationText> textProperty() {
        return text.getReadOnlyProperty();
    }

    void show(Operation newest, OperationText newText) {
        operation = newest;
        text.set(newText);
    }
}
