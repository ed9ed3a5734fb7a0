package io.latticeconsole.agent.node;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.proto.inference.ModelInferRequest;

/// A model as the lattice and as this machine's engine call it, and a request that any version of it must answer.
public record ServedModel(ModelId id, String engineName, ModelInferRequest sample) {}
