package io.latticeconsole.codec;

import io.latticeconsole.endpoint.OrderRefused;
import java.util.List;

/// A message that the contract does not allow: which field, what was found there, what was expected.
public final class MalformedMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 80;

    private final String path;

    public MalformedMessage(String path, String found, String expected) {
        super(path + ": found " + shortened(found) + ", expected " + expected);
        this.path = path;
    }

    /// The field, such as `Node.accelerators[3].tdp_watts`.
    public String path() {
        return path;
    }

    /// The same as an answer to whoever sent it: INVALID_ARGUMENT naming the field.
    public OrderRefused asRefusal() {
        String field = path.substring(path.indexOf('.') + 1);
        return new OrderRefused("INVALID_ARGUMENT", "BAD_FIELD", getMessage(), List.of(field));
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    private static String shortened(String found) {
        return found.length() <= LONGEST_QUOTE ? found : found.substring(0, LONGEST_QUOTE) + "…";
    }
}
