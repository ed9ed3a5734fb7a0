package io.latticeconsole.agent.node;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.codec.RefusalCodec;
import io.latticeconsole.endpoint.OrderRefused;
import java.util.List;

/// Why a request was not answered, as its client sees it.
public final class InferenceFailure {
    /// `ErrorInfo.reason` where no replica here serves the request: another machine may.
    public static final String NOT_SERVED = "REPLICA_NOT_READY";
    /// `ErrorInfo.reason` where an operator's order aborted it.
    public static final String ABORTED = "REQUEST_ABORTED";

    private InferenceFailure() {}

    /// A failure with its reason in the contract's form.
    public static StatusRuntimeException of(Status.Code code, String reason, String message, String subject) {
        return RefusalCodec.toProto(new OrderRefused(code.name(), reason, message, List.of(subject)));
    }

    /// No version of a model is ready that somebody asked about.
    public static StatusRuntimeException notServed(String model, String version) {
        String what =
                version.isEmpty() ? "model '" + model + "'" : "version '" + version + "' of model '" + model + "'";
        return of(Status.Code.NOT_FOUND, NOT_SERVED, "no replica of " + what + " is ready", model);
    }

    static StatusRuntimeException of(EngineProblem problem, String replica) {
        Status.Code code = switch (problem.kind()) {
            case UNREACHABLE, NOT_READY -> Status.Code.UNAVAILABLE;
            case TIMED_OUT -> Status.Code.DEADLINE_EXCEEDED;
            case REFUSED -> Status.Code.INVALID_ARGUMENT;
            case UNSUPPORTED -> Status.Code.UNIMPLEMENTED;
            case OVERLOADED, OVERSIZED -> Status.Code.RESOURCE_EXHAUSTED;
            case GARBAGE -> Status.Code.INTERNAL;
        };
        return of(code, "ENGINE_" + problem.kind(), String.valueOf(problem.getMessage()), replica);
    }
}
