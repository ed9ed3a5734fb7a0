package io.latticeconsole.store;

import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One endpoint as the console hears it. `lastHeard` is the console's wall clock; `clockOffset` the endpoint's wall
/// clock
/// minus ours; `problem` a sentence on its link or on events that are gone, empty when all is well; `rejection` one on
/// the newest part of a message that the contract does not allow, empty once a whole snapshot without such parts came
/// after it. What an endpoint that is not LIVE owns is *unreachable from here*, never down and never fine. `published`
/// is what it publishes now, whether the console shows it or another endpoint's word.
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
                Published.NOTHING);
    }

    /// An endpoint that was not heard yet.
    public static EndpointState sought(String address) {
        return new EndpointState(address, LinkState.CONNECTING, null, null, null, Duration.ZERO, "", 0, 0, 0, 0, 0);
    }

    EndpointState withLink(LinkState next, String sentence) {
        return new EndpointState(
                address,
                next,
                info,
                clock,
                lastHeard,
                clockOffset,
                sentence,
                revision,
                lastEventSeq,
                eventsLost,
                resyncs,
                rejectedMessages,
                rejection,
                published);
    }

    EndpointState withInfo(EndpointInfo next) {
        return new EndpointState(
                address,
                link,
                next,
                next.clock(),
                lastHeard,
                clockOffset,
                problem,
                revision,
                lastEventSeq,
                eventsLost,
                resyncs,
                rejectedMessages,
                rejection,
                published);
    }

    EndpointState withClock(ClockReading next, Duration offset) {
        return new EndpointState(
                address,
                link,
                info,
                next,
                lastHeard,
                offset,
                problem,
                revision,
                lastEventSeq,
                eventsLost,
                resyncs,
                rejectedMessages,
                rejection,
                published);
    }

    EndpointState heardAt(Instant heard) {
        return new EndpointState(
                address,
                link,
                info,
                clock,
                heard,
                clockOffset,
                problem,
                revision,
                lastEventSeq,
                eventsLost,
                resyncs,
                rejectedMessages,
                rejection,
                published);
    }

    EndpointState withContent(long nextRevision, long nextEventSeq, long nextResyncs) {
        return new EndpointState(
                address,
                link,
                info,
                clock,
                lastHeard,
                clockOffset,
                problem,
                nextRevision,
                nextEventSeq,
                eventsLost,
                nextResyncs,
                rejectedMessages,
                rejection,
                published);
    }

    EndpointState withLost(long nextLost, String sentence) {
        return new EndpointState(
                address,
                link,
                info,
                clock,
                lastHeard,
                clockOffset,
                sentence,
                revision,
                lastEventSeq,
                nextLost,
                resyncs,
                rejectedMessages,
                rejection,
                published);
    }

    EndpointState withRejection(long nextRejected, String why) {
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
                nextRejected,
                why,
                published);
    }

    EndpointState withPublished(Published next) {
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
                next);
    }
}
