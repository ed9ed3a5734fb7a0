package io.latticeconsole.app;

/// Process entry point.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.err.println(Runtime.version() + " " + String.join(",", args));
    }
}
