package io.latticeconsole.operation;

/// What happens to requests that still run at the deadline of a drain.
public enum DeadlinePolicy {
    EXTEND,
    FORCE,
    CANCEL
}
