package io.latticeconsole.operation;

import io.latticeconsole.lattice.NodeId;

/// What can happen to a running operation.
public sealed interface Input {
    /// It was just started.
    record Started() implements Input {}

    /// Time has passed, and the surroundings may have changed.
    record Ticked() implements Input {}

    record Answered(Due due, GatewayAnswer answer) implements Input {}

    record NodeLost(NodeId node) implements Input {}

    /// An operator, or the coordinator itself (then `by` is empty), wants it to wait.
    record HoldOrdered(String by, String why) implements Input {}

    record ResumeOrdered(String by) implements Input {}

    record CancelOrdered(String by, String reason) implements Input {}
}
