package io.latticeconsole.operation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An operation, `operations/op-12`.
public record OperationId(String name) {
    private static final Pattern NUMBERED = Pattern.compile("operations/op-([0-9]{1,18})");

    /// The n-th of a coordinator.
    public static OperationId numbered(long n) {
        return new OperationId("operations/op-" + n);
    }

    /// Its number; 0 for a name of another form.
    public long number() {
        Matcher m = NUMBERED.matcher(name);
        return m.matches() ? Long.parseLong(m.group(1)) : 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
