package io.latticeconsole.gateway;

/// How a request ended for its client.
public enum End {
    /// A whole answer is there.
    FINISHED,
    /// Nothing eligible was known for it when it came.
    REJECTED,
    /// An operator's drain aborted it, or its gateway went away.
    ABORTED,
    /// There was no success by its deadline.
    LOST
}
