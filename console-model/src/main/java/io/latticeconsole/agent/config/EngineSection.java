package io.latticeconsole.agent.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The engine beside an agent. `versions` are the embedded engine's: a directory each, or `bundled` for the model that
/// comes with it; `address` is any other engine's.
public record EngineSection(
        @JsonProperty(required = true) Kind kind,
        @Nullable String address,
        @Nullable Double exitTimeoutSeconds,
        @Nullable Map<String, String> versions) {

    /// What the engine speaks.
    public enum Kind {
        /// Runs as a child of the agent.
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
            if (address != null) {
                throw new BadField("address", address, "none: the embedded engine is the agent's own child");
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

    /// The embedded engine's versions and their directories, empty for the bundled model.
    public Map<String, Optional<String>> folders() {
        Map<String, Optional<String>> folders = new HashMap<>();
        Map<String, String> said = versions == null ? Map.of() : versions;
        said.forEach((version, folder) ->
                folders.put(version, folder.equals(BUNDLED) ? Optional.empty() : Optional.of(folder)));
        return folders;
    }
}
