package io.latticeconsole.lattice;

/// Whether faults may be injected on purpose.
public enum Mode {
    PRODUCTION,
    EXERCISE
}
