package io.latticeconsole.gateway;

/// How a replica answered.
public enum Reply {
    /// Whole.
    OK,
    /// The model failed on it.
    FAILED,
    /// The machine is there but does not serve it.
    REFUSED,
    /// An operator's drain aborted it.
    ABORTED
}
