package io.latticeconsole.server;

import io.latticeconsole.telemetry.SampleBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest batch of samples, encoded once and only when a watcher wants it: whoever begins to watch gets it with the
/// snapshot, and does not wait for the next second, which a paused lattice never has. Touched only on the publication's
/// lane.
final class NewestSamples {
    private final SampleBatch batch;
    private final String epoch;
    private final long nodeTableRevision;
    private @Nullable List<Frame> frames;

    NewestSamples(SampleBatch batch, String epoch, long nodeTableRevision) {
        this.batch = batch;
        this.epoch = epoch;
        this.nodeTableRevision = nodeTableRevision;
    }

    List<Frame> frames() {
        List<Frame> encoded = frames;
        if (encoded == null) {
            encoded = SampleFrames.of(batch, epoch, nodeTableRevision);
            frames = encoded;
        }
        return encoded;
    }
}
