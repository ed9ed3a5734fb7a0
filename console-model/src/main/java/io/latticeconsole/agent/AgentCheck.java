package io.latticeconsole.agent;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.agent.config.AgentFile;
import io.latticeconsole.agent.config.ConfiguredWorld;
import io.latticeconsole.agent.config.GatewayFile;
import io.latticeconsole.agent.config.NodeFile;
import io.latticeconsole.agent.discovery.DiscoverySettings;
import io.latticeconsole.agent.discovery.EtcdAway;
import io.latticeconsole.agent.discovery.EtcdReach;
import io.latticeconsole.agent.engine.Engine;
import io.latticeconsole.agent.engine.EngineHealth;
import io.latticeconsole.agent.engine.EngineIdentity;
import io.latticeconsole.agent.engine.EngineModel;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.node.Hardware;
import io.latticeconsole.agent.telemetry.Readings;
import io.latticeconsole.agent.telemetry.Telemetry;
import io.latticeconsole.proto.v1.GetMachineRequest;
import io.latticeconsole.proto.v1.Machine;
import io.latticeconsole.proto.v1.NodeServiceGrpc;
import io.latticeconsole.security.Protection;
import io.latticeconsole.world.NodeClass;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.WorldSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Verifies what an agent's file says against what can be reached from here, and says what a drain would do.
public final class AgentCheck {
    private static final int REACH_SECONDS = 3;

    private final Consumer<String> out;
    private boolean good = true;

    private AgentCheck(Consumer<String> out) {
        this.out = out;
    }

    /// Checks a file, telling what it finds line by line; whether all is well. Blocks while it asks around.
    public static boolean run(AgentFile file, Path folder, Consumer<String> out) throws IOException {
        AgentCheck check = new AgentCheck(out);
        switch (file) {
            case NodeFile node -> check.node(node);
            case GatewayFile gateway -> check.gateway(gateway, AgentProcess.protection(gateway, folder));
        }
        DiscoverySettings discovery = AgentProcess.discovery(file, folder);
        if (discovery != null) {
            check.discovery(discovery);
        }
        return check.good;
    }

    private void ok(String sentence) {
        out.accept("ok       " + sentence);
    }

    private void bad(String sentence) {
        good = false;
        out.accept("PROBLEM  " + sentence);
    }

    private void discovery(DiscoverySettings settings) throws IOException {
        try {
            long count = EtcdReach.registrations(settings);
            ok("etcd at " + settings.endpoints() + ": " + count + " agents are registered under " + settings.prefix());
        } catch (EtcdAway away) {
            bad(away.sentence());
        }
    }

    private void node(NodeFile file) throws IOException {
        Readings.Accelerators read = Telemetry.probe(file.telemetryOptions(), InstantSource.system());
        read.list()
                .forEach(a -> ok("accelerator " + a.identity().index() + ": "
                        + a.identity().product() + ", read by " + read.from()));
        if (read.list().isEmpty()) {
            ok("no accelerator: the processors do the work"
                    + read.trouble().map(t -> " (" + t + ")").orElse(""));
        }
        file.ownGateway()
                .ifPresent(alone -> ok("this machine alone is a lattice: consoles connect to " + alone.listen()
                        + ", clients to " + alone.inference()));
        try (LocalEngine local = LocalEngine.open(file, false)) {
            engine(local.engine(), file);
            out.accept("drain    " + local.engine().drainEffect().sentence());
        }
    }

    private void engine(Engine engine, NodeFile file) {
        try {
            EngineIdentity identity = engine.identity();
            ok("engine " + identity.name() + " " + identity.version());
            EngineHealth health = engine.health();
            health.doubts().forEach(this::bad);
            List<String> known = engine.models().stream()
                    .map(EngineModel::model)
                    .map(m -> m.name())
                    .distinct()
                    .toList();
            file.served().forEach(m -> {
                if (known.contains(m.engineName())) {
                    ok(m.id() + " is " + m.engineName() + " there");
                } else {
                    bad(m.id() + " should be " + m.engineName() + ", but the engine knows only " + known);
                }
            });
        } catch (EngineProblem problem) {
            bad(String.valueOf(problem.getMessage()));
        }
    }

    private void gateway(GatewayFile file, Protection protection) {
        WorldSpec world = ConfiguredWorld.of(file);
        ChannelCredentials credentials = protection instanceof Protection.MutualTls(var material)
                ? material.channelCredentials()
                : InsecureChannelCredentials.create();
        file.others().forEach(p -> peer(new PeerCheck(file, p, credentials)));
        for (NodeSpec node : world.nodes()) {
            ManagedChannel channel =
                    NettyChannelBuilder.forTarget(node.address(), credentials).build();
            try {
                machine(
                        node,
                        world,
                        NodeServiceGrpc.newBlockingStub(channel)
                                .withDeadlineAfter(REACH_SECONDS, TimeUnit.SECONDS)
                                .getMachine(GetMachineRequest.getDefaultInstance()));
            } catch (StatusRuntimeException failed) {
                bad(node.id() + " at " + node.address() + ": " + sentence(failed.getStatus()));
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private void peer(PeerCheck peer) {
        try {
            List<String> problems = peer.problems(REACH_SECONDS);
            problems.forEach(this::bad);
            if (problems.isEmpty()) {
                ok(peer.name() + " at " + peer.peer().address() + " is of the same lattice");
            }
        } catch (StatusRuntimeException failed) {
            bad(peer.name() + " at " + peer.peer().address() + ": " + sentence(failed.getStatus()));
        }
    }

    private void machine(NodeSpec node, WorldSpec world, Machine machine) {
        String lattice = "lattices/" + world.code();
        if (!machine.getNode().equals(node.id().name())) {
            bad(node.address() + " is " + machine.getNode() + ", expected " + node.id());
        } else if (!machine.getLattice().equals(lattice)) {
            bad(node.id() + " belongs to " + machine.getLattice() + ", expected " + lattice);
        } else {
            String has = Hardware.nodeClass(machine.getAcceleratorsList())
                    .map(NodeClass::displayName)
                    .orElse("what it is made of is not read yet");
            ok(node.id() + " at " + node.address() + ": " + has + ", engine " + machine.getEngine());
            NodeClass said = node.nodeClass();
            if (said.isTold() && machine.getAcceleratorsCount() != said.count()) {
                out.accept("differs  the file says " + said.displayName() + "; what the machine has will be taken");
            }
        }
    }

    private static String sentence(Status status) {
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED -> "nobody answers";
            case PERMISSION_DENIED, UNAUTHENTICATED -> status.getDescription();
            case UNIMPLEMENTED -> "whoever answers there is no agent and no gateway of this kind";
            default -> status.getCode() + " " + status.getDescription();
        };
    }
}
