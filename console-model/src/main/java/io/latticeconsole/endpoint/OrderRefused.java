package io.latticeconsole.endpoint;

import java.util.List;

/// Why an order was not carried out: the gRPC code's name, the contract's reason (`ErrorInfo.reason`), a
/// sentence, and the resources or fields it names.
public final class OrderRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String reason;
    private final List<String> subjects;

    public OrderRefused(String code, String reason, String message, List<String> subjects) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.subjects = List.copyOf(subjects);
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
