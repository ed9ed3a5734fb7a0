package io.latticeconsole.store;

import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One endpoint as the console hears it. `lastHeard` is the console's wall clock; `clockOffset` the
/// endpoint's wall clock minus ours; `problem` a sentence on its link or on events that are gone, empty when
/// all is well; `rejection` one on the newest part of a message that the contract does not allow, empty once
/// a whole snapshot without such parts came after it; `certificateEnds` when the certificate ends that it
/// showed, if it did. What an endpoint that is not LIVE owns is *unreachable from here*, never down and never
/// fine. `published` is what it publishes now, whether the console shows it or another endpoint's word.
public record EndpointState(
        String address,
        LinkState link,
        @Nullable EndpointInfo info,
        @Nullable ClockReading clock,
        @Nullable Instant lastHeard,
        Duration clockOffset,
        String problem,
        long revision,
        long lastEventSeq,
        long eventsLost,
        long resyncs,
        long rejectedMessages,
        String rejection,
        @Nullable Instant certificateEnds,
        Published published) {
    /// An endpoint that published nothing yet.
    public EndpointState(
            String address,
            LinkState link,
            @Nullable EndpointInfo info,
            @Nullable ClockReading clock,
            @Nullable Instant lastHeard,
            Duration clockOffset,
            String problem,
            long revision,
            long lastEventSeq,
            long eventsLost,
            long resyncs,
            long rejectedMessages) {
        this(
                address,
                link,
                info,
                clock,
                lastHeard,
                clockOffset,
                problem,
                revision,
                lastEventSeq,
                eventsLost,
                resyncs,
                rejectedMessages,
                "",
                null,
                Published.NOTHING);
    }

    /// An endpoint that was not heard yet.
    public static EndpointState sought(String address) {
        return new EndpointState(address, LinkState.CONNECTING, null, null, null, Duration.ZERO, "", 0, 0, 0, 0, 0);
    }

    EndpointState withLink(LinkState next, String sentence) {
        return changed(d -> {
            d.link = next;
            d.problem = sentence;
        });
    }

    EndpointState withInfo(EndpointInfo next) {
        return changed(d -> {
            d.info = next;
            d.clock = next.clock();
        });
    }

    EndpointState withClock(ClockReading next, Duration offset) {
        return changed(d -> {
            d.clock = next;
            d.clockOffset = offset;
        });
    }

    EndpointState heardAt(Instant heard) {
        return changed(d -> d.lastHeard = heard);
    }

    EndpointState withContent(long nextRevision, long nextEventSeq, long nextResyncs) {
        return changed(d -> {
            d.revision = nextRevision;
            d.lastEventSeq = nextEventSeq;
            d.resyncs = nextResyncs;
        });
    }

    EndpointState withLost(long nextLost, String sentence) {
        return changed(d -> {
            d.eventsLost = nextLost;
            d.problem = sentence;
        });
    }

    EndpointState withRejection(long nextRejected, String why) {
        return changed(d -> {
            d.rejectedMessages = nextRejected;
            d.rejection = why;
        });
    }

    EndpointState withCertificate(@Nullable Instant ends) {
        return changed(d -> d.certificateEnds = ends);
    }

    EndpointState withPublished(Published next) {
        return changed(d -> d.published = next);
    }

    private EndpointState changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.state(address);
    }

    /// What of a state can change, while it is being changed.
    private static final class Draft {
        LinkState link;

        @Nullable
        EndpointInfo info;

        @Nullable
        ClockReading clock;

        @Nullable
        Instant lastHeard;

        Duration clockOffset;
        String problem;
        long revision;
        long lastEventSeq;
        long eventsLost;
        long resyncs;
        long rejectedMessages;
        String rejection;

        @Nullable
        Instant certificateEnds;

        Published published;

        Draft(EndpointState from) {
            link = from.link;
            info = from.info;
            clock = from.clock;
            lastHeard = from.lastHeard;
            clockOffset = from.clockOffset;
            problem = from.problem;
            revision = from.revision;
            lastEventSeq = from.lastEventSeq;
            eventsLost = from.eventsLost;
            resyncs = from.resyncs;
            rejectedMessages = from.rejectedMessages;
            rejection = from.rejection;
            certificateEnds = from.certificateEnds;
            published = from.published;
        }

        EndpointState state(String address) {
            return new EndpointState(
                    address,
                    link,
                    info,
                    clock,
                    lastHeard,
                    clockOffset,
                    problem,
                    revision,
                    lastEventSeq,
                    eventsLost,
                    resyncs,
                    rejectedMessages,
                    rejection,
                    certificateEnds,
                    published);
        }
    }
}
