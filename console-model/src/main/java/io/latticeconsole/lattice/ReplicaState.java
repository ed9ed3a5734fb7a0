package io.latticeconsole.lattice;

/// Where a replica is in its life.
public enum ReplicaState {
    LOADING,
    WARMING,
    READY,
    DRAINING,
    UNLOADED,
    FAILED
}
