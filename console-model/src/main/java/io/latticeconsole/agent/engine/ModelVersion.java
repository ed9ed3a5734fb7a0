package io.latticeconsole.agent.engine;

/// A version of a model as the engine names them; an empty version leaves the choice to the engine.
public record ModelVersion(String name, String version) {
    @Override
    public String toString() {
        return version.isEmpty() ? name : name + ":" + version;
    }
}
