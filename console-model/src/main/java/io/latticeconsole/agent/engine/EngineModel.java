package io.latticeconsole.agent.engine;

/// A version of a model in an engine, its state, and why it is in it (empty if the engine does not say).
public record EngineModel(ModelVersion model, State state, String reason) {
    /// What a version is doing.
    public enum State {
        /// Known but not loaded.
        UNLOADED,
        LOADING,
        /// Serves requests.
        READY,
        UNLOADING,
        /// Could not be loaded, or broke.
        FAILED,
        /// The engine says something that this list does not have.
        UNKNOWN
    }
}
