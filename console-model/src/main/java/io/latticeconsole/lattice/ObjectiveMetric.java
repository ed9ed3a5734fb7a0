package io.latticeconsole.lattice;

/// The figure a model promises.
public enum ObjectiveMetric {
    TTFT,
    TPOT,
    E2E
}
