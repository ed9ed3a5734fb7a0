package io.latticeconsole.gateway;

/// What a gateway tells one of its machines.
public sealed interface NodeCommand {
    /// Load a model version as a replica of that code.
    record Load(String code, int model, String version) implements NodeCommand {}

    /// Finish what runs on a replica, then unload it.
    record Retire(String code) implements NodeCommand {}

    /// Say what is queued and running.
    record Count(long ask) implements NodeCommand {}

    /// Fail everything that is queued and running, and say how much it was.
    record Abort(long ask) implements NodeCommand {}

    /// One real inference on a replica.
    record Probe(long ask, String code) implements NodeCommand {}
}
