package io.latticeconsole.server;

import io.latticeconsole.proto.v1.WatchLatticeRequest;
import java.time.Duration;

/// What a watcher asked for; resume revision -1 asks for a snapshot.
record WatchOptions(
        String resumeEpoch, long resumeRevision, boolean samples, Duration sampleInterval, boolean conflated) {
    private static final double LONGEST_INTERVAL_SECONDS = 3600;

    /// Reads a request.
    ///
    /// @throws io.latticeconsole.endpoint.OrderRefused naming the field that cannot be used
    static WatchOptions of(WatchLatticeRequest request) {
        double interval = request.getMinSampleIntervalSeconds();
        if (!(interval >= 0 && interval <= LONGEST_INTERVAL_SECONDS)) {
            throw Refusals.badField("min_sample_interval_seconds", "is " + interval + ", expected 0 to 3600");
        }
        if (request.getWithoutConflation() && (interval > 0 || request.getWithoutSamples())) {
            throw Refusals.badField(
                    "without_conflation", "asks for every batch, so without_samples and an interval contradict it");
        }
        boolean resumes = request.hasResume();
        if (resumes && request.getResume().getEpoch().isEmpty()) {
            throw Refusals.badField("resume.epoch", "is empty, expected the epoch of the stream to go on with");
        }
        return new WatchOptions(
                request.getResume().getEpoch(),
                resumes ? request.getResume().getRevision() : -1,
                !request.getWithoutSamples(),
                Duration.ofNanos((long) (interval * 1e9)),
                !request.getWithoutConflation());
    }
}
