package io.latticeconsole.store;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.EventRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something the wire heard of an endpoint, named by the address it was reached at. `heard` is the console's wall time.
public sealed interface ConsoleInput {
    String address();

    /// The console began to look for an endpoint there.
    record EndpointSought(String address) implements ConsoleInput {}

    /// The console stopped looking there: nothing of it is shown any more.
    record EndpointDropped(String address) implements ConsoleInput {}

    /// The link is in another state; `problem` a sentence, empty when all is well.
    record LinkChanged(String address, LinkState link, String problem) implements ConsoleInput {}

    /// The endpoint said what it is; `certificateEnds` when the certificate ends that it showed, null over
    /// plaintext.
    record EndpointDescribed(
            String address, EndpointInfo info, @Nullable Instant certificateEnds, Instant heard)
            implements ConsoleInput {
        /// Over plaintext.
        public EndpointDescribed(String address, EndpointInfo info, Instant heard) {
            this(address, info, null, heard);
        }
    }

    /// The endpoint showed its certificate again; `certificateEnds` as in [EndpointDescribed].
    record CertificateSeen(String address, @Nullable Instant certificateEnds) implements ConsoleInput {}

    /// Everything the endpoint owns at a revision, less `rejected` parts that the contract does not allow.
    record SnapshotTaken(
            String address,
            String epoch,
            long revision,
            long nodeTableRevision,
            long lastEventSeq,
            List<Fact> facts,
            int rejected,
            Instant heard)
            implements ConsoleInput {
        public SnapshotTaken {
            facts = List.copyOf(facts);
        }

        /// One in which nothing was rejected.
        public SnapshotTaken(
                String address,
                String epoch,
                long revision,
                long nodeTableRevision,
                long lastEventSeq,
                List<Fact> facts,
                Instant heard) {
            this(address, epoch, revision, nodeTableRevision, lastEventSeq, facts, 0, heard);
        }
    }

    /// What changed with the next revision.
    record DeltaReceived(
            String address, String epoch, long revision, long nodeTableRevision, List<Fact> facts, Instant heard)
            implements ConsoleInput {
        public DeltaReceived {
            facts = List.copyOf(facts);
        }
    }

    /// The endpoint's clock, and its wall clock minus the console's.
    record ClockHeard(String address, ClockReading clock, Duration offset, Instant heard) implements ConsoleInput {}

    /// Events that were missed and fetched afterwards; `lost` of them are no longer kept by the endpoint.
    record EventsFetched(String address, List<EventRecord> events, long lost) implements ConsoleInput {
        public EventsFetched {
            events = List.copyOf(events);
        }
    }

    /// Messages, or parts of messages, that the contract does not allow.
    record MessagesRejected(String address, int count, String problem) implements ConsoleInput {}
}
