package io.latticeconsole.agent.engine;

import java.util.concurrent.CompletionException;

/// Why an engine could not do what was asked: which engine, what was asked, what was expected and what happened.
public final class EngineProblem extends Exception {
    private static final long serialVersionUID = 1;
    private final Kind kind;

    /// What sort of problem it is, so that the caller knows what may help.
    public enum Kind {
        /// Nobody answers at the address.
        UNREACHABLE,
        /// No answer within the deadline.
        TIMED_OUT,
        /// The engine understood and said no.
        REFUSED,
        /// The engine cannot do this at all.
        UNSUPPORTED,
        /// The engine is too busy now.
        OVERLOADED,
        /// The answer contradicts the protocol or itself.
        GARBAGE,
        /// The answer is larger than allowed.
        OVERSIZED,
        /// The version is not loaded, or is broken.
        NOT_READY
    }

    public EngineProblem(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public EngineProblem(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// What made a future of an engine fail.
    public static EngineProblem of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof EngineProblem problem
                ? problem
                : new EngineProblem(Kind.GARBAGE, "the engine's answer could not be taken: " + cause, cause);
    }

    public Kind kind() {
        return kind;
    }

    /// Whether another engine may succeed where this one did not.
    public boolean worthRetryingElsewhere() {
        return switch (kind) {
            case UNREACHABLE, TIMED_OUT, OVERLOADED, GARBAGE, NOT_READY -> true;
            case REFUSED, UNSUPPORTED, OVERSIZED -> false;
        };
    }
}
