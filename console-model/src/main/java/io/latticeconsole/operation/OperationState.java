package io.latticeconsole.operation;

/// Where an operation stands; all but RUNNING and HELD are final.
public enum OperationState {
    RUNNING,
    HELD,
    SUCCEEDED,
    CANCELLED,
    EXPIRED,
    FAILED,
    ROLLED_BACK;

    public boolean isFinal() {
        return this != RUNNING && this != HELD;
    }
}
