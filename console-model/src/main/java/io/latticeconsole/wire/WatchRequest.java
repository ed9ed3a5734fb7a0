package io.latticeconsole.wire;

import io.latticeconsole.proto.v1.WatchLatticeRequest;

/// How to watch: every batch of samples, or only the newest when we are slow.
public enum WatchRequest {
    /// Samples conflated to the newest, as a screen needs them.
    NEWEST,
    /// Every batch of samples, as a recorder or a measurement needs them.
    EVERY_BATCH;

    WatchLatticeRequest.Builder message() {
        return WatchLatticeRequest.newBuilder().setWithoutConflation(this == EVERY_BATCH);
    }
}
