package io.latticeconsole.agent.telemetry;

import io.latticeconsole.lattice.XidCatalog;
import java.time.Instant;

/// What happened to a machine's accelerators or to the way they are read.
public sealed interface TelemetryEvent {
    Instant at();

    /// What happened, in a sentence without place and time.
    String text();

    /// An accelerator raised an XID error.
    record XidRaised(Instant at, int accelerator, int xid) implements TelemetryEvent {
        @Override
        public String text() {
            return "GPU " + accelerator + " " + XidCatalog.describe(xid);
        }
    }

    /// An accelerator stopped answering for a reason that takes its replicas.
    record AcceleratorFailed(Instant at, int accelerator, String fault) implements TelemetryEvent {
        @Override
        public String text() {
            return "GPU " + accelerator + " " + fault;
        }
    }

    /// An accelerator that had failed answers again.
    record AcceleratorReturned(Instant at, int accelerator) implements TelemetryEvent {
        @Override
        public String text() {
            return "GPU " + accelerator + " answers again";
        }
    }

    /// A source was opened and is read from now on.
    record SourceOpened(Instant at, String text) implements TelemetryEvent {}

    /// The accelerators cannot be read any more, or could not be read from the start; told once per reason.
    record SourceFailed(Instant at, String text) implements TelemetryEvent {}
}
