package io.latticeconsole.agent.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.Tier;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file of a gateway: `role: gateway`. It routes for one region over the agents of that region's sites. `state` is
/// the folder, relative to the file's, where its events outlast a restart.
public record GatewayFile(
        @JsonProperty(required = true) String role,
        @JsonProperty(required = true) Named lattice,
        @JsonProperty(required = true) String listen,
        @JsonProperty(required = true) String inference,
        @JsonProperty(required = true) Place region,
        @JsonProperty(required = true) List<Site> sites,
        @JsonProperty(required = true) List<Model> models,
        @Nullable TlsSection tls,
        @Nullable Boolean plaintext,
        @Nullable String metrics,
        @Nullable String state)
        implements AgentFile {

    /// What something is called in resource names and on screen.
    public record Named(
            @JsonProperty(required = true) String code,
            @JsonProperty(required = true) String name) {
        public Named {
            Check.code("code", code);
        }
    }

    /// A region and where its clients enter.
    public record Place(
            @JsonProperty(required = true) String code,
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) double latitude,
            @JsonProperty(required = true) double longitude) {
        public Place {
            Check.code("code", code);
            Check.position(latitude, longitude);
        }
    }

    public record Site(
            @JsonProperty(required = true) String code,
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) Tier tier,
            @JsonProperty(required = true) double latitude,
            @JsonProperty(required = true) double longitude,
            @Nullable Double powerCapWatts,
            @Nullable Double inletCelsius,
            @JsonProperty(required = true) List<Machine> nodes) {
        public Site {
            Check.code("code", code);
            Check.position(latitude, longitude);
            nodes = List.copyOf(nodes);
            once("nodes", nodes.stream().map(Machine::code).toList());
        }
    }

    /// A node; without `accelerators` its processors do the work. `replicas` names the models it starts with.
    public record Machine(
            @JsonProperty(required = true) String code,
            @JsonProperty(required = true) String address,
            @Nullable Accelerators accelerators,
            @Nullable Double memoryGib,
            @Nullable List<String> replicas) {
        public Machine {
            Check.code("code", code);
            Check.address("address", address);
            replicas = replicas == null ? List.of() : List.copyOf(replicas);
        }

        /// The models that it starts with.
        List<String> starting() {
            return replicas == null ? List.of() : replicas;
        }
    }

    public record Accelerators(
            @JsonProperty(required = true) int count,
            @JsonProperty(required = true) String product,
            @JsonProperty(required = true) double memoryGib,
            @JsonProperty(required = true) double powerLimitWatts) {
        public Accelerators {
            Check.range("count", count, 1, 64, "accelerators");
            Check.range("memory-gib", memoryGib, 1, 4096, "GiB");
            Check.range("power-limit-watts", powerLimitWatts, 1, 10_000, "W");
        }
    }

    /// A model and what it promises. `service-ms` is what one request takes on an idle node.
    public record Model(
            @JsonProperty(required = true) String code,
            @Nullable String name,
            @JsonProperty(required = true) String version,
            @Nullable List<String> versions,
            @JsonProperty(required = true) Objective objective,
            @JsonProperty(required = true) double serviceMs,
            @JsonProperty(required = true) double sizeMb,
            @Nullable Double loadSeconds,
            @Nullable Integer mostInFlight,
            @Nullable Set<Tier> tiers) {
        public Model {
            Check.code("code", code);
            Check.range("service-ms", serviceMs, 0.01, 600_000, "ms");
            Check.range("size-mb", sizeMb, 0.001, 10_000_000, "MB");
            versions = versions == null ? List.of(version) : List.copyOf(versions);
            if (!versions.contains(version)) {
                throw new BadField("version", version, "one of versions, " + versions);
            }
        }

        /// All that may be deployed.
        List<String> deployable() {
            return versions == null ? List.of(version) : versions;
        }
    }

    public record Objective(
            @JsonProperty(required = true) ObjectiveMetric metric,
            @JsonProperty(required = true) double p95Ms) {
        public Objective {
            Check.range("p95-ms", p95Ms, 0.1, 600_000, "ms");
        }
    }

    public GatewayFile {
        Check.address("listen", listen);
        if (metrics != null) {
            Check.address("metrics", metrics);
        }
        Check.address("inference", inference);
        sites = List.copyOf(sites);
        models = List.copyOf(models);
        once("sites", sites.stream().map(Site::code).toList());
        once("models", models.stream().map(Model::code).toList());
        if (sites.isEmpty()) {
            throw new BadField("sites", "none", "at least one");
        }
        List<String> codes = models.stream().map(Model::code).toList();
        for (int s = 0; s < sites.size(); s++) {
            for (int n = 0; n < sites.get(s).nodes().size(); n++) {
                List<String> replicas = sites.get(s).nodes().get(n).starting();
                for (int r = 0; r < replicas.size(); r++) {
                    if (!codes.contains(replicas.get(r))) {
                        throw new BadField(
                                "sites[" + s + "].nodes[" + n + "].replicas[" + r + "]",
                                replicas.get(r),
                                "one of the models " + codes);
                    }
                }
            }
        }
    }

    private static void once(String list, List<String> codes) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < codes.size(); i++) {
            if (!seen.add(codes.get(i))) {
                throw new BadField(list + "[" + i + "].code", codes.get(i), "each code once");
            }
        }
    }

    public InetSocketAddress listenAddress() {
        return Check.address("listen", listen);
    }

    public InetSocketAddress inferenceAddress() {
        return Check.address("inference", inference);
    }
}
