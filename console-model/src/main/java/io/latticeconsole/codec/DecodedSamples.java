package io.latticeconsole.codec;

import io.latticeconsole.telemetry.SampleBatch;

/// A batch as read from a message, and how many of its values were out of range and became NaN.
public record DecodedSamples(SampleBatch batch, int outOfRange) {}
