package io.latticeconsole.wire;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// The one thread on which links decide, with its clock. Tasks run in the order given; one that throws is logged and
/// counted, and the lane goes on.
interface WireLane extends Executor, InstantSource, AutoCloseable {
    /// Runs a task after a delay.
    void after(Duration delay, Runnable task);

    /// Tasks that threw.
    long failures();

    @Override
    void close();
}
