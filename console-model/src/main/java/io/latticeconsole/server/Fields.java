package io.latticeconsole.server;

import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.operation.OperationId;
import java.util.UUID;
import java.util.regex.Pattern;

/// Checks of single request fields; each refusal names the field.
final class Fields {
    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_TEXT = 200;
    private static final Pattern OPERATION = Pattern.compile("operations/[A-Za-z0-9._-]+");
    private static final Pattern FAULT = Pattern.compile("faults/[A-Za-z0-9._-]+");

    private Fields() {}

    static String text(String field, String value) {
        if (value.isEmpty()) {
            throw Refusals.badField(field, "is empty");
        }
        if (value.length() > LONGEST_TEXT) {
            throw Refusals.badField(field, "has " + value.length() + " characters, expected at most " + LONGEST_TEXT);
        }
        return value;
    }

    static OperationId operation(String name) {
        if (!OPERATION.matcher(name).matches()) {
            throw Refusals.badField("name", "is '" + name + "', expected operations/…");
        }
        return new OperationId(name);
    }

    static String fault(String name) {
        if (!FAULT.matcher(name).matches()) {
            throw Refusals.badField("name", "is '" + name + "', expected faults/…");
        }
        return name;
    }

    /// The id under which an order has one effect only: a UUID.
    static String requestId(String value) {
        try {
            return UUID.fromString(value).toString();
        } catch (IllegalArgumentException e) {
            OrderRefused refused = Refusals.badField("request_id", "is '" + value + "', expected a UUID");
            refused.initCause(e);
            throw refused;
        }
    }

    /// The same where a caller may do without one.
    static String requestIdOrNew(String value) {
        return value.isEmpty() ? UUID.randomUUID().toString() : requestId(value);
    }

    static String reason(String value, boolean required) {
        if (required && value.isBlank()) {
            throw Refusals.badField("reason", "is empty; accept_risk needs one");
        }
        if (value.length() > LONGEST_REASON) {
            throw Refusals.badField(
                    "reason", "has " + value.length() + " characters, expected at most " + LONGEST_REASON);
        }
        return value;
    }
}
