package io.latticeconsole.operation;

/// A failover, `regions/eu/failovers/fo-118`.
public record FailoverId(String name) {
    @Override
    public String toString() {
        return name;
    }
}
