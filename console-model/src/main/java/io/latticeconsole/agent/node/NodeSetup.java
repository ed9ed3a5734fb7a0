package io.latticeconsole.agent.node;

import io.latticeconsole.agent.engine.Engine;
import io.latticeconsole.agent.telemetry.TelemetryOptions;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.security.Protection;
import java.net.InetSocketAddress;
import java.util.List;

/// What an agent needs to know to make its machine a node: who it is, where and how protected it listens, its engine
/// and the models that
/// engine can serve.
public record NodeSetup(
        String lattice,
        NodeId node,
        InetSocketAddress listen,
        Engine engine,
        List<ServedModel> models,
        TelemetryOptions telemetry,
        Protection protection) {
    public NodeSetup {
        models = List.copyOf(models);
    }
}
