package io.latticeconsole.operation;

/// An operation, `operations/op-12`.
public record OperationId(String name) {
    @Override
    public String toString() {
        return name;
    }
}
