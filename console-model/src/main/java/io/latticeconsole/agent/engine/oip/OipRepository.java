package io.latticeconsole.agent.engine.oip;

import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.latticeconsole.agent.engine.EngineIdentity;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.engine.EngineProblem.Kind;
import io.latticeconsole.agent.engine.ModelVersion;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.inference.ModelRepositoryParameter;
import io.latticeconsole.proto.inference.RepositoryModelLoadRequest;
import io.latticeconsole.proto.inference.RepositoryModelUnloadRequest;
import io.latticeconsole.proto.inference.kserve.RepositoryModelLoadResponse;
import io.latticeconsole.proto.inference.kserve.RepositoryModelUnloadResponse;
import java.time.Duration;

/// How an engine wants to be told to load and unload: Triton and KServe give the same method names different messages,
/// and only the extensions of the engine's metadata tell which. With the wrong one, Triton would take the model's name
/// for a repository's.
enum OipRepository {
    TRITON {
        @Override
        void load(OipCalls calls, ModelVersion model, boolean versions, Duration deadline) throws EngineProblem {
            RepositoryModelLoadRequest.Builder request =
                    RepositoryModelLoadRequest.newBuilder().setModelName(model.name());
            if (versions) {
                request.putParameters(VERSION, string(model.version()));
            }
            calls.call(GRPCInferenceServiceGrpc.getRepositoryModelLoadMethod(), request.build(), deadline);
        }

        @Override
        void unload(OipCalls calls, ModelVersion model, boolean versions, Duration deadline) throws EngineProblem {
            RepositoryModelUnloadRequest.Builder request =
                    RepositoryModelUnloadRequest.newBuilder().setModelName(model.name());
            if (versions) {
                request.putParameters(VERSION, string(model.version()));
            }
            calls.call(GRPCInferenceServiceGrpc.getRepositoryModelUnloadMethod(), request.build(), deadline);
        }
    },
    KSERVE {
        @Override
        void load(OipCalls calls, ModelVersion model, boolean versions, Duration deadline) throws EngineProblem {
            var request = io.latticeconsole.proto.inference.kserve.RepositoryModelLoadRequest.newBuilder()
                    .setModelName(model.name())
                    .build();
            if (!calls.call(KSERVE_LOAD, request, deadline).getIsLoaded()) {
                throw new EngineProblem(Kind.REFUSED, calls.engine() + " answered that it did not load " + model);
            }
        }

        @Override
        void unload(OipCalls calls, ModelVersion model, boolean versions, Duration deadline) throws EngineProblem {
            var request = io.latticeconsole.proto.inference.kserve.RepositoryModelUnloadRequest.newBuilder()
                    .setModelName(model.name())
                    .build();
            if (!calls.call(KSERVE_UNLOAD, request, deadline).getIsUnloaded()) {
                throw new EngineProblem(Kind.REFUSED, calls.engine() + " answered that it did not unload " + model);
            }
        }
    },
    NONE {
        @Override
        void load(OipCalls calls, ModelVersion model, boolean versions, Duration deadline) throws EngineProblem {
            throw none(calls.engine(), "load", model);
        }

        @Override
        void unload(OipCalls calls, ModelVersion model, boolean versions, Duration deadline) throws EngineProblem {
            throw none(calls.engine(), "unload", model);
        }
    };

    /// The extension of engines that load and unload single versions by the parameter `version`.
    static final String VERSION_EXTENSION = "model_repository(version)";

    static final String VERSION = "version";

    private static final MethodDescriptor<
                    io.latticeconsole.proto.inference.kserve.RepositoryModelLoadRequest, RepositoryModelLoadResponse>
            KSERVE_LOAD = GRPCInferenceServiceGrpc.getRepositoryModelLoadMethod().toBuilder(
                            ProtoUtils.marshaller(
                                    io.latticeconsole.proto.inference.kserve.RepositoryModelLoadRequest
                                            .getDefaultInstance()),
                            ProtoUtils.marshaller(RepositoryModelLoadResponse.getDefaultInstance()))
                    .build();
    private static final MethodDescriptor<
                    io.latticeconsole.proto.inference.kserve.RepositoryModelUnloadRequest,
                    RepositoryModelUnloadResponse>
            KSERVE_UNLOAD = GRPCInferenceServiceGrpc.getRepositoryModelUnloadMethod().toBuilder(
                            ProtoUtils.marshaller(
                                    io.latticeconsole.proto.inference.kserve.RepositoryModelUnloadRequest
                                            .getDefaultInstance()),
                            ProtoUtils.marshaller(RepositoryModelUnloadResponse.getDefaultInstance()))
                    .build();

    abstract void load(OipCalls calls, ModelVersion model, boolean versions, Duration deadline) throws EngineProblem;

    abstract void unload(OipCalls calls, ModelVersion model, boolean versions, Duration deadline) throws EngineProblem;

    static OipRepository of(EngineIdentity identity) {
        if (identity.extensions().contains("model_repository")) {
            return TRITON;
        }
        return identity.extensions().contains("model_repository_extension") ? KSERVE : NONE;
    }

    private static ModelRepositoryParameter string(String value) {
        return ModelRepositoryParameter.newBuilder().setStringParam(value).build();
    }

    private static EngineProblem none(String engine, String verb, ModelVersion model) {
        return new EngineProblem(
                Kind.UNSUPPORTED,
                engine + " cannot be told to " + verb + " " + model
                        + ": expected model_repository or model_repository_extension among its extensions");
    }
}
