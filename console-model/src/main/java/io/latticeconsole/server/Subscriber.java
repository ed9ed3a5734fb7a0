package io.latticeconsole.server;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.latticeconsole.endpoint.OrderRefused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// One watcher's stream: first a snapshot or what was missed, then deltas in order, heartbeats, and the newest
/// samples. Deltas wait in the endpoint's ring, which all watchers read at their own pace, so a watcher that
/// does not read costs one batch of samples. One that falls too far behind is ended with SLOW_READER, so that
/// it resyncs. Touched only on the publication's lane.
final class Subscriber {
    private final ServerCallStreamObserver<Frame> out;
    private final WatchOptions options;
    private final EndpointLimits limits;
    private final DeltaRing ring;
    private final InstantSource wall;
    private final Queue<Frame> snapshot = new ArrayDeque<>();
    private final ArrayDeque<Frame> samples = new ArrayDeque<>();
    private List<Frame> newestSamples = List.of();
    private long sampleBytes;
    private long cursor;
    private final long behindUntil;
    private Instant nextSamples = Instant.MIN;
    private @Nullable Frame heartbeat;
    private boolean ended;

    /// A watcher that gets `parts`, then the deltas after revision `from`; `now` is the newest revision.
    Subscriber(
            ServerCallStreamObserver<Frame> out,
            WatchOptions options,
            EndpointLimits limits,
            DeltaRing ring,
            InstantSource wall,
            List<Frame> parts,
            long from,
            long now) {
        this.out = out;
        this.options = options;
        this.limits = limits;
        this.ring = ring;
        this.wall = wall;
        this.cursor = from;
        this.behindUntil = now;
        snapshot.addAll(parts);
    }

    boolean isEnded() {
        return ended || out.isCancelled();
    }

    boolean wantsSamples() {
        return options.samples();
    }

    /// Frames of samples that wait for the watcher to read.
    int samplesWaiting() {
        return samples.size() + newestSamples.size();
    }

    /// Takes a batch; a conflated watcher's former one that was not begun is forgotten.
    void offerSamples(List<Frame> batch) {
        if (options.conflated()) {
            newestSamples = batch;
            return;
        }
        for (Frame frame : batch) {
            samples.add(frame);
            sampleBytes += frame.size();
        }
    }

    void offerHeartbeat(Frame newest) {
        heartbeat = newest;
    }

    /// Writes what is due for as long as the watcher reads, and ends it if it has fallen too far behind the revision
    /// `now`.
    void drain(long now) {
        while (!isEnded() && out.isReady()) {
            Frame frame = next(now);
            if (frame == null) {
                break;
            }
            out.onNext(frame);
        }
        boolean overfull = cursor >= behindUntil && now - cursor > limits.lagDeltas();
        if (!isEnded() && (overfull || !ring.continues(cursor) || sampleBytes > limits.recorderBytes())) {
            endSlow(now);
        }
    }

    /// Ends the stream in order, as the endpoint goes.
    void end(RuntimeException why) {
        if (!isEnded()) {
            ended = true;
            out.onError(why);
        }
    }

    private @Nullable Frame next(long now) {
        Frame part = snapshot.poll();
        if (part != null) {
            return part;
        }
        if (cursor < now) {
            Frame delta = ring.get(cursor + 1);
            if (delta != null) {
                cursor++;
            }
            return delta;
        }
        Frame beat = heartbeat;
        if (beat != null) {
            heartbeat = null;
            return beat;
        }
        return nextSamples();
    }

    private @Nullable Frame nextSamples() {
        if (samples.isEmpty() && !newestSamples.isEmpty()) {
            Instant time = wall.instant();
            if (time.isBefore(nextSamples)) {
                return null;
            }
            nextSamples = time.plus(options.sampleInterval());
            for (Frame frame : newestSamples) {
                samples.add(frame);
                sampleBytes += frame.size();
            }
            newestSamples = List.of();
        }
        Frame frame = samples.poll();
        if (frame != null) {
            sampleBytes -= frame.size();
        }
        return frame;
    }

    private void endSlow(long now) {
        String message = "the stream is " + (now - cursor) + " deltas and " + sampleBytes
                + " bytes of samples behind; watch again to resync";
        end(Refusals.of(new OrderRefused(Status.Code.RESOURCE_EXHAUSTED.name(), "SLOW_READER", message, List.of())));
        snapshot.clear();
        samples.clear();
        newestSamples = List.of();
    }
}
