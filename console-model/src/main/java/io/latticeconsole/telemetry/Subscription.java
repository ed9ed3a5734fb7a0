package io.latticeconsole.telemetry;

/// A listener's place in a list; closing it ends the calls. Whoever owns the listener closes it. Any thread.
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
