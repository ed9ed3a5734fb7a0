package io.latticeconsole.plan;

import java.util.List;

/// Why no plan can be made of a specification: gRPC code name, reason, a sentence, and the resources or fields it is
/// about.
public final class PlanRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String reason;
    private final List<String> subjects;

    public PlanRefused(String code, String reason, String message, List<String> subjects) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.subjects = List.copyOf(subjects);
    }

    /// A field of the specification is wrong.
    static PlanRefused field(String field, String message) {
        return new PlanRefused("INVALID_ARGUMENT", "BAD_FIELD", field + ": " + message, List.of(field));
    }

    static PlanRefused notFound(String what, String name) {
        return new PlanRefused("NOT_FOUND", "UNKNOWN_RESOURCE", "there is no " + what + " " + name, List.of(name));
    }

    public String code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    public List<String> subjects() {
        return subjects;
    }
}
