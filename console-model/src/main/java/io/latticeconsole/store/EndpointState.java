package io.latticeconsole.store;

import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One endpoint as the console hears it. `lastHeard` is the console's wall clock; `clockOffset` the endpoint's wall
/// clock
/// minus ours; `problem` a sentence for the operator, empty when all is well. What an endpoint that is not LIVE owns is
/// *unreachable from here*, never down and never fine.
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
        long rejectedMessages) {}
