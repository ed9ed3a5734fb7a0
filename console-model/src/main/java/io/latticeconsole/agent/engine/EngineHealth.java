package io.latticeconsole.agent.engine;

import java.util.List;

/// Whether an engine lives and is ready. `doubts` are sentences on what contradicts its claim; an engine with doubts is
/// not to be trusted with traffic.
public record EngineHealth(boolean live, boolean ready, List<String> doubts) {
    public EngineHealth {
        doubts = List.copyOf(doubts);
    }

    /// Ready, and nothing speaks against it.
    public boolean servesTraffic() {
        return live && ready && doubts.isEmpty();
    }
}
