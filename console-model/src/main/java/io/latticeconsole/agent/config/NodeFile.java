package io.latticeconsole.agent.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.protobuf.ByteString;
import io.latticeconsole.agent.node.ServedModel;
import io.latticeconsole.agent.telemetry.TelemetryOptions;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.proto.inference.InferTensorContents;
import io.latticeconsole.proto.inference.ModelInferRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file of a machine's agent: `role: node`.
public record NodeFile(
        @JsonProperty(required = true) String role,
        @JsonProperty(required = true) String lattice,
        @JsonProperty(required = true) String node,
        @JsonProperty(required = true) String listen,
        @Nullable Readings telemetry,
        @JsonProperty(required = true) EngineSection engine,
        @JsonProperty(required = true) List<ModelSection> models,
        @Nullable TlsSection tls,
        @Nullable Boolean plaintext,
        @Nullable String metrics,
        @Nullable GatewaySection gateway,
        @Nullable DiscoverySection discovery)
        implements AgentFile {

    /// Where readings of accelerators come from; `auto` takes what there is.
    public record Readings(
            TelemetryOptions.@Nullable Accelerators accelerators,
            @Nullable String nvmlLibrary,
            @Nullable String nvidiaSmi,
            @Nullable URI dcgm) {}

    /// A model that the engine can serve, as the lattice and as the engine call it, and a text that it must answer.
    public record ModelSection(
            @JsonProperty(required = true) String code,
            @Nullable String engineName,
            @Nullable String sampleText) {
        public ModelSection {
            Check.code("code", code);
        }

        ServedModel served() {
            String text = sampleText == null ? "Is the model ready?" : sampleText;
            ModelInferRequest sample = ModelInferRequest.newBuilder()
                    .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                            .setName("text")
                            .setDatatype("BYTES")
                            .addShape(1)
                            .setContents(
                                    InferTensorContents.newBuilder().addBytesContents(ByteString.copyFromUtf8(text))))
                    .build();
            return new ServedModel(new ModelId("models/" + code), engineName == null ? code : engineName, sample);
        }
    }

    public NodeFile {
        Check.code("lattice", lattice);
        if (!node.matches("regions/[a-z0-9-]+/sites/[a-z0-9-]+/nodes/[a-z0-9-]+")) {
            throw new BadField("node", node, "a name such as regions/eu/sites/par-1/nodes/n1");
        }
        Check.address("listen", listen);
        if (metrics != null) {
            Check.address("metrics", metrics);
        }
        models = List.copyOf(models);
        if (discovery != null) {
            var _ = discovery.advertised(listen);
            GatewayFile.requirePrivate(discovery, plaintext);
        }
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < models.size(); i++) {
            if (!codes.add(models.get(i).code())) {
                throw new BadField("models[" + i + "].code", models.get(i).code(), "each model once");
            }
        }
        checkServed(gateway, codes);
    }

    private static void checkServed(@Nullable GatewaySection gateway, Set<String> codes) {
        List<GatewayFile.Model> promised = gateway == null ? List.of() : gateway.models();
        for (int i = 0; i < promised.size(); i++) {
            if (!codes.contains(promised.get(i).code())) {
                throw new BadField(
                        "gateway.models[" + i + "].code",
                        promised.get(i).code(),
                        "one of this node's models, " + codes.stream().sorted().toList());
            }
        }
    }

    /// What a gateway of this one machine would have as its file; empty where the node has none.
    public Optional<GatewayFile> ownGateway() {
        GatewaySection own = gateway;
        if (own == null) {
            return Optional.empty();
        }
        String site = id().site().code();
        String region = id().site().region().code();
        var machine = new GatewayFile.Machine(
                id().code(),
                listen,
                null,
                null,
                own.models().stream().map(GatewayFile.Model::code).toList());
        return Optional.of(new GatewayFile(
                "gateway",
                new GatewayFile.Named(lattice, own.name() == null ? lattice : own.name()),
                own.listen(),
                own.inference(),
                new GatewayFile.Place(region, region, own.latitude(), own.longitude()),
                List.of(new GatewayFile.Site(
                        site, site, Tier.EDGE, own.latitude(), own.longitude(), null, null, List.of(machine))),
                own.models(),
                tls,
                plaintext,
                null,
                own.state(),
                null,
                null,
                null,
                null));
    }

    @Override
    public String latticeCode() {
        return lattice;
    }

    /// Where gateways reach it by its section discovery.
    public String advertised() {
        return discovery == null ? listen : discovery.advertised(listen);
    }

    /// Codes of the models that it starts with where it is discovered.
    public List<String> starting() {
        return discovery == null ? List.of() : discovery.starting();
    }

    public NodeId id() {
        return new NodeId(node);
    }

    public InetSocketAddress address() {
        return Check.address("listen", listen);
    }

    public List<ServedModel> served() {
        return models.stream().map(ModelSection::served).toList();
    }

    /// How the machine is read.
    public TelemetryOptions telemetryOptions() {
        TelemetryOptions options = TelemetryOptions.DEFAULT;
        Readings said = telemetry;
        if (said == null) {
            return options;
        }
        options = said.nvmlLibrary() == null ? options : options.withNvmlLibrary(said.nvmlLibrary());
        options = said.nvidiaSmi() == null ? options : options.withNvidiaSmi(said.nvidiaSmi());
        options = said.dcgm() == null ? options : options.withDcgm(said.dcgm());
        return said.accelerators() == null ? options : options.withAccelerators(said.accelerators());
    }
}
