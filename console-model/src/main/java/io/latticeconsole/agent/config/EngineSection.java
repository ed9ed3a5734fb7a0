package io.latticeconsole.agent.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The engine beside an agent. `versions` are the embedded engine's: a directory each, or `bundled` for the model that
/// comes with it. `address` is where any other engine listens; the embedded one, which needs none, answers there
/// whoever calls it directly, on loopback only: it knows no certificates.
public record EngineSection(
        @JsonProperty(required = true) Kind kind,
        @Nullable String address,
        @Nullable Double exitTimeoutSeconds,
        @Nullable Map<String, String> versions) {

    /// What the engine speaks.
    public enum Kind {
        /// Runs within the agent.
        EMBEDDED,
        /// Open Inference Protocol v2 over gRPC, Triton among them.
        OPEN_INFERENCE,
        VLLM
    }

    /// The word in `versions` for the model that comes with the embedded engine.
    static final String BUNDLED = "bundled";

    private static final double LONGEST_SECONDS = 3600;

    public EngineSection {
        if (kind == Kind.EMBEDDED) {
            if (address != null && !isLoopback(Check.address("address", address))) {
                throw new BadField(
                        "address", address, "an address of loopback: whoever reaches the embedded engine may use it");
            }
            if (versions == null || versions.isEmpty()) {
                throw new BadField("versions", "none", "at least one, such as 'v1: bundled'");
            }
        } else if (address == null) {
            throw new BadField("address", "none", "where the engine listens");
        } else if (versions != null) {
            throw new BadField(
                    "versions", versions.keySet().toString(), "none: only the embedded engine is told its versions");
        }
        if (exitTimeoutSeconds != null) {
            Check.range("exit-timeout-seconds", exitTimeoutSeconds, 0, LONGEST_SECONDS, "s");
        }
        versions = versions == null ? Map.of() : Map.copyOf(versions);
    }

    private static boolean isLoopback(InetSocketAddress address) {
        return !address.isUnresolved() && address.getAddress().isLoopbackAddress();
    }

    /// Where the embedded engine answers whoever calls it directly, if anywhere.
    public Optional<InetSocketAddress> direct() {
        return kind == Kind.EMBEDDED && address != null
                ? Optional.of(Check.address("address", address))
                : Optional.empty();
    }

    /// The embedded engine's versions and their directories, empty for the bundled model.
    public Map<String, Optional<String>> folders() {
        Map<String, Optional<String>> folders = new HashMap<>();
        Map<String, String> said = versions == null ? Map.of() : versions;
        said.forEach((version, folder) ->
                folders.put(version, folder.equals(BUNDLED) ? Optional.empty() : Optional.of(folder)));
        return folders;
    }
}
