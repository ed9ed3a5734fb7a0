package io.latticeconsole.app.cli;

import io.latticeconsole.agent.AgentCheck;
import io.latticeconsole.agent.AgentForget;
import io.latticeconsole.agent.AgentProcess;
import io.latticeconsole.agent.config.AgentFile;
import io.latticeconsole.agent.config.ConfigProblem;
import io.latticeconsole.agent.config.ConfigReader;
import io.latticeconsole.lattice.NodeId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes real machines a lattice.
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(run | check | forget) FILE",
        description = {
            "Makes this machine a node of a lattice, or a gateway of several, as a file says. No window.",
            "",
            "A node's agent reads the machine, runs replicas in its inference engine and serves both to gateways.",
            "A gateway hears its nodes' agents, routes inference over them and serves lattice.v1 to consoles."
        },
        footer = {
            "",
            "A node's file; lines that begin with #: are optional:",
            "  role: node",
            "  lattice: office",
            "  node: regions/eu/sites/par-1/nodes/n1",
            "  listen: 127.0.0.1:7701",
            "  engine:",
            "    kind: embedded      # or open-inference, vllm, with an address",
            "    versions: {v1: bundled}",
            "    # where the embedded one also answers whoever calls it directly",
            "    #:address: 127.0.0.1:8001",
            "  models:",
            "    - {code: minilm, engine-name: all-minilm-l6-v2}",
            "  # a page for Prometheus",
            "  #:metrics: 127.0.0.1:9101",
            "  # a machine's certificate, see ca issue --server",
            "  #:tls: {certificate: n1.pem, key: n1.key, authorities: ca.pem,",
            "  #:  revoked: crl.pem}",
            "  # by etcd instead of a place in the gateway's file, and what it starts",
            "  # with; also: ttl-seconds, address, prefix, tls",
            "  #:discovery: {endpoints: ['http://127.0.0.1:2379'], replicas: [minilm]}",
            "  # this machine alone is a lattice, for consoles at",
            "  #:gateway:",
            "  #:  listen: 127.0.0.1:7443",
            "  #:  inference: 127.0.0.1:7500",
            "  #:  latitude: 48.9",
            "  #:  longitude: 2.3",
            "  #:  models:",
            "  #:    - {code: minilm, version: v1, service-ms: 8, size-mb: 23,",
            "  #:       objective: {metric: e2e, p95-ms: 200}}",
            "",
            "A gateway's file:",
            "  role: gateway",
            "  lattice: {code: office, name: Office}",
            "  listen: 127.0.0.1:7443        # lattice.v1",
            "  inference: 127.0.0.1:7500     # Open Inference Protocol v2",
            "  region: {code: eu, name: Europe, latitude: 48.9, longitude: 2.3}",
            "  sites:",
            "    - {code: par-1, name: Paris, tier: edge, latitude: 48.9, longitude: 2.3,",
            "       nodes: [{code: n1, address: '127.0.0.1:7701', replicas: [minilm]}]}",
            "  models:",
            "    - {code: minilm, version: v1, service-ms: 8, size-mb: 23,",
            "       objective: {metric: e2e, p95-ms: 200}}",
            "  # remembers there which nodes are drained, operations and events",
            "  #:state: office-state",
            "  #:metrics: 127.0.0.1:9100",
            "  #:tls: {certificate: gw.pem, key: gw.key, authorities: ca.pem}",
            "  # more nodes come and go",
            "  #:discovery: {endpoints: ['http://127.0.0.1:2379']}",
            "  # of two gateways that claim a site, the higher one has it",
            "  #:ownership-term: 1",
            "  # the region whose gateway takes operations, the same everywhere",
            "  #:coordinator: eu",
            "  # the other regions' gateways; their machines they tell themselves",
            "  #:peers:",
            "  #:  - region: {code: us, name: America, latitude: 40.7, longitude: -74}",
            "  #:    address: 127.0.0.1:7444",
            "  #:    sites: [{code: nyc-1, name: New York, tier: metro,",
            "  #:      latitude: 40.7, longitude: -74}]"
        })
final class AgentCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec command = spec;
        if (command != null) {
            command.commandLine().usage(command.commandLine().getOut());
        }
    }

    @Command(name = "run", mixinStandardHelpOptions = true, description = "Runs what a file says until interrupted.")
    int run(@Parameters(paramLabel = "FILE") Path file) throws ConfigProblem, IOException, InterruptedException {
        PrintWriter out = out();
        AgentFile read = ConfigReader.read(file);
        try (Interruption interruption = new Interruption(AgentProcess.closesWithin(read));
                AgentProcess agent = AgentProcess.start(read, folder(file))) {
            agent.lines().forEach(out::println);
            out.flush();
            interruption.await();
        }
        return 0;
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Verifies a file and what it can reach; tells what a drain does with the engine's settings.")
    int check(@Parameters(paramLabel = "FILE") Path file) throws ConfigProblem, IOException {
        PrintWriter out = out();
        boolean good = AgentCheck.run(ConfigReader.read(file), folder(file), line -> {
            out.println(line);
            out.flush();
        });
        return good ? 0 : 1;
    }

    @Command(
            name = "forget",
            mixinStandardHelpOptions = true,
            description = {
                "Takes a node off the map that came by etcd, died, and comes back no more.",
                "Its gateway refuses that of a node that it hears."
            })
    int forget(
            @Parameters(paramLabel = "FILE", description = "Any of the lattice with a section discovery.") Path file,
            @Parameters(paramLabel = "NODE", description = "Such as regions/eu/sites/par-1/nodes/n1.") String node)
            throws ConfigProblem, IOException, InterruptedException {
        PrintWriter out = out();
        NodeId id;
        try {
            id = new NodeId(node);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    required().commandLine(),
                    "NODE: found '" + node + "', expected a name such as regions/eu/sites/par-1/nodes/n1",
                    e);
        }
        out.println(AgentForget.run(ConfigReader.read(file), folder(file), id));
        out.flush();
        return 0;
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of("") : folder;
    }

    private PrintWriter out() {
        return required().commandLine().getOut();
    }

    private CommandSpec required() {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return command;
    }
}
