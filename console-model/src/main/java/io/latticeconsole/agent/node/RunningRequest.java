package io.latticeconsole.agent.node;

import java.util.concurrent.atomic.AtomicReference;

/// A request that runs on a replica of this machine, from `since` in ns of the system's timer. It ends once: with its
/// answer, or aborted.
final class RunningRequest {
    private enum Course {
        RUNNING,
        ANSWERED,
        ABORTED
    }

    final LocalReplica replica;
    final long since;
    private final AtomicReference<Course> course = new AtomicReference<>(Course.RUNNING);
    private final Runnable abort;

    /// @param abort ends the call with ABORTED; run at most once, and not after [#answer]
    RunningRequest(LocalReplica replica, long since, Runnable abort) {
        this.replica = replica;
        this.since = since;
        this.abort = abort;
    }

    /// Whether the answer may go out: it was not aborted before.
    boolean answer() {
        return course.compareAndSet(Course.RUNNING, Course.ANSWERED);
    }

    /// Whether this call aborted it.
    boolean abort() {
        if (course.compareAndSet(Course.RUNNING, Course.ABORTED)) {
            abort.run();
            return true;
        }
        return false;
    }
}
