package io.latticeconsole.agent.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.Tier;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
        @Nullable String state,
        @Nullable List<Peer> peers,
        @Nullable String coordinator,
        @Nullable Long ownershipTerm,
        @Nullable DiscoverySection discovery)
        implements AgentFile {
    private static final double MOST_TERM = 1e15;

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

    /// Another gateway of the lattice: its region with the places of its sites, and where it serves `lattice.v1`. Its
    /// machines it tells itself.
    public record Peer(
            @JsonProperty(required = true) Place region,
            @JsonProperty(required = true) String address,
            @JsonProperty(required = true) List<PeerSite> sites) {
        public Peer {
            Check.address("address", address);
            sites = List.copyOf(sites);
            once("sites", sites.stream().map(PeerSite::code).toList());
        }
    }

    public record PeerSite(
            @JsonProperty(required = true) String code,
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) Tier tier,
            @JsonProperty(required = true) double latitude,
            @JsonProperty(required = true) double longitude) {
        public PeerSite {
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
            @Nullable List<Machine> nodes) {
        public Site {
            Check.code("code", code);
            Check.position(latitude, longitude);
            nodes = nodes == null ? List.of() : List.copyOf(nodes);
            once("nodes", nodes.stream().map(Machine::code).toList());
        }

        /// The nodes that the file knows.
        List<Machine> machines() {
            return nodes == null ? List.of() : nodes;
        }
    }

    /// A node. What it has of `accelerators`, or with `memory-gib` alone of memory for its processors, its agent tells
    /// if the file does not. `replicas` names the models it starts with.
    public record Machine(
            @JsonProperty(required = true) String code,
            @JsonProperty(required = true) String address,
            @Nullable Accelerators accelerators,
            @Nullable Double memoryGib,
            @Nullable List<String> replicas) {
        public Machine {
            Check.code("code", code);
            Check.address("address", address);
            if (memoryGib != null) {
                Check.range("memory-gib", memoryGib, 0.1, 65_536, "GiB");
            }
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
        peers = peers == null ? List.of() : List.copyOf(peers);
        checkPeers(region, sites, peers, coordinator);
        if (ownershipTerm != null) {
            Check.range("ownership-term", ownershipTerm, 1, MOST_TERM, "");
        }
        if (discovery != null) {
            discovery.requireGateways();
            requirePrivate(discovery, plaintext);
        }
        if (sites.isEmpty()) {
            throw new BadField("sites", "none", "at least one");
        }
        List<String> codes = models.stream().map(Model::code).toList();
        for (int s = 0; s < sites.size(); s++) {
            for (int n = 0; n < sites.get(s).machines().size(); n++) {
                List<String> replicas = sites.get(s).machines().get(n).starting();
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

    private static void checkPeers(Place here, List<Site> sites, List<Peer> peers, @Nullable String coordinator) {
        Set<String> regions = new HashSet<>(Set.of(here.code()));
        Set<String> places = new HashSet<>(sites.stream().map(Site::code).toList());
        for (int p = 0; p < peers.size(); p++) {
            Peer peer = peers.get(p);
            if (!regions.add(peer.region().code())) {
                throw new BadField(
                        "peers[" + p + "].region.code", peer.region().code(), "a region that no other gateway has");
            }
            for (int s = 0; s < peer.sites().size(); s++) {
                if (!places.add(peer.sites().get(s).code())) {
                    throw new BadField(
                            "peers[" + p + "].sites[" + s + "].code",
                            peer.sites().get(s).code(),
                            "a code that no other site of the lattice has");
                }
            }
        }
        List<String> all = Stream.concat(
                        Stream.of(here.code()),
                        peers.stream().map(q -> q.region().code()))
                .toList();
        if (coordinator == null ? !peers.isEmpty() : !all.contains(coordinator)) {
            throw new BadField(
                    "coordinator",
                    coordinator == null ? "none" : coordinator,
                    "one of the regions " + all + ", the same in every gateway's file");
        }
    }

    /// Plaintext to an etcd elsewhere has to be meant.
    static void requirePrivate(DiscoverySection discovery, @Nullable Boolean plaintext) {
        if (!discovery.isPrivate() && !Boolean.TRUE.equals(plaintext)) {
            throw new BadField(
                    "discovery.endpoints",
                    String.valueOf(discovery.endpoints()),
                    "https://, or 'plaintext: true' if that is meant");
        }
    }

    static void once(String list, List<String> codes) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < codes.size(); i++) {
            if (!seen.add(codes.get(i))) {
                throw new BadField(list + "[" + i + "].code", codes.get(i), "each code once");
            }
        }
    }

    /// The other gateways of its lattice; none where it is alone.
    public List<Peer> others() {
        return peers == null ? List.of() : peers;
    }

    /// The code of the coordinator's region.
    public String coordinatorRegion() {
        return coordinator == null ? region.code() : coordinator;
    }

    /// Under which term it claims its sites: of two gateways that claim one, the higher term has it.
    public long term() {
        return ownershipTerm == null ? 1 : ownershipTerm;
    }

    @Override
    public String latticeCode() {
        return lattice.code();
    }

    public InetSocketAddress listenAddress() {
        return Check.address("listen", listen);
    }

    public InetSocketAddress inferenceAddress() {
        return Check.address("inference", inference);
    }
}
