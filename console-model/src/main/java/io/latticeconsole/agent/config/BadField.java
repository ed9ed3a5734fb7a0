package io.latticeconsole.agent.config;

/// A value that is well-formed and makes no sense; the reader of the file adds the line.
final class BadField extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    BadField(String field, String found, String expected) {
        super("found '" + found + "', expected " + expected);
        this.field = field;
    }

    String field() {
        return field;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
