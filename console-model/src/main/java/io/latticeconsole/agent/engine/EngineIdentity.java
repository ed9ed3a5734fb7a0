package io.latticeconsole.agent.engine;

import java.util.List;

/// Who an engine says it is: a name such as `triton`, its version, and the protocol extensions it claims.
public record EngineIdentity(String name, String version, List<String> extensions) {
    public EngineIdentity {
        extensions = List.copyOf(extensions);
    }
}
