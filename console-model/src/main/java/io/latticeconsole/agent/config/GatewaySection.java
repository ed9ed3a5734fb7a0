package io.latticeconsole.agent.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a node a lattice of its own: its process is also the gateway of that one machine, in the region and at the
/// site
/// that the node's name says. `name` is the lattice's on screen; the position is the machine's.
public record GatewaySection(
        @JsonProperty(required = true) String listen,
        @JsonProperty(required = true) String inference,
        @Nullable String name,
        @JsonProperty(required = true) double latitude,
        @JsonProperty(required = true) double longitude,
        @JsonProperty(required = true) List<GatewayFile.Model> models,
        @Nullable String state) {
    public GatewaySection {
        Check.address("listen", listen);
        Check.address("inference", inference);
        Check.position(latitude, longitude);
        models = List.copyOf(models);
        GatewayFile.once("models", models.stream().map(GatewayFile.Model::code).toList());
    }
}
