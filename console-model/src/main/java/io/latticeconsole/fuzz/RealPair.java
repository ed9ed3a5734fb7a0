package io.latticeconsole.fuzz;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ServiceDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.agent.config.ConfigProblem;
import io.latticeconsole.agent.config.ConfigReader;
import io.latticeconsole.agent.config.GatewayFile;
import io.latticeconsole.agent.engine.oip.OipEngine;
import io.latticeconsole.agent.engine.oip.OipSettings;
import io.latticeconsole.agent.gateway.GatewayAgent;
import io.latticeconsole.agent.gateway.GatewaySetup;
import io.latticeconsole.agent.node.NodeAgent;
import io.latticeconsole.agent.node.NodeSetup;
import io.latticeconsole.agent.node.ServedModel;
import io.latticeconsole.agent.telemetry.TelemetryOptions;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.v1.NodeServiceGrpc;
import io.latticeconsole.proto.v1.PeerServiceGrpc;
import io.latticeconsole.security.Protection;
import io.latticeconsole.security.Role;
import io.latticeconsole.server.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An agent whose engine does not answer, and its gateway.
final class RealPair implements AutoCloseable {
    private final List<InetSocketAddress> ports = FreePorts.take("127.0.0.1", 0, 4);
    private final OipEngine engine = new OipEngine(
            NettyChannelBuilder.forTarget(text(3), InsecureChannelCredentials.create())
                    .build(),
            OipSettings.DEFAULT);
    private final NodeAgent agent;
    private final GatewayAgent gateway;

    RealPair(Path folder, Protection protection) throws IOException, InterruptedException {
        agent = NodeAgent.start(
                new NodeSetup(
                        "lattices/siege",
                        new NodeId("regions/eu/sites/par-1/nodes/n1"),
                        ports.get(0),
                        engine,
                        List.of(new ServedModel(
                                new ModelId("models/minilm"), "minilm", ModelInferRequest.getDefaultInstance())),
                        TelemetryOptions.DEFAULT.withAccelerators(TelemetryOptions.Accelerators.NONE),
                        protection),
                InstantSource.system());
        Path file = Files.writeString(folder.resolve("gateway.yaml"), file());
        try {
            GatewayFile config = (GatewayFile) ConfigReader.read(file);
            gateway = GatewayAgent.start(GatewaySetup.of(config, protection, folder), InstantSource.system());
        } catch (ConfigProblem e) {
            throw new IllegalStateException(e);
        }
    }

    private String text(int port) {
        return FreePorts.text(ports.get(port));
    }

    private String file() {
        return """
                role: gateway
                lattice: {code: siege, name: Siege}
                listen: %s
                inference: %s
                region: {code: eu, name: Europe, latitude: 48, longitude: 2}
                sites:
                  - {code: par-1, name: Paris, tier: edge, latitude: 48, longitude: 2,
                     nodes: [{code: n1, address: '%s', replicas: [minilm]}]}
                models:
                  - {code: minilm, version: v1, service-ms: 5, size-mb: 23, objective: {metric: e2e, p95-ms: 5000}}
                """.formatted(text(1), text(2), text(0));
    }

    /// The agent, and the gateway's two doors.
    List<Target> targets(Parties parties, List<ServiceDescriptor> lattice, Set<String> watchers) {
        ServiceDescriptor inference = GRPCInferenceServiceGrpc.getServiceDescriptor();
        List<ServiceDescriptor> ofGateway = new ArrayList<>(lattice);
        ofGateway.add(PeerServiceGrpc.getServiceDescriptor());
        Set<String> strangers = new HashSet<>(watchers);
        strangers.remove(Role.NODE.unit());
        return List.of(
                new Target("gateway", Target.methods(ofGateway), parties.channels(text(1)), strangers),
                new Target(
                        "inference",
                        Target.methods(List.of(inference)),
                        parties.channels(text(2)),
                        Set.copyOf(parties.names())),
                new Target(
                        "agent",
                        Target.methods(List.of(NodeServiceGrpc.getServiceDescriptor(), inference)),
                        parties.channels(text(0)),
                        Set.of(
                                Parties.NOBODY,
                                Role.VIEWER.unit(),
                                Role.CLIENT.unit(),
                                Role.OPERATOR.unit(),
                                Role.EXERCISE.unit(),
                                Role.SUPERVISOR.unit())));
    }

    long failures() {
        return gateway.failures();
    }

    @Override
    public void close() {
        gateway.close();
        agent.close();
        engine.close();
    }
}
