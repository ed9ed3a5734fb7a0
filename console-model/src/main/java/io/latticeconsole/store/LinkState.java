package io.latticeconsole.store;

/// How an endpoint is heard. SUSPECT after 2.5 s without a message; INCOMPATIBLE answers but is no lattice of this
/// contract.
public enum LinkState {
    CONNECTING,
    LIVE,
    SUSPECT,
    LOST,
    INCOMPATIBLE
}
