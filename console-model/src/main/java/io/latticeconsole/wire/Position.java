package io.latticeconsole.wire;

/// The last revision of an endpoint that the store took.
record Position(String epoch, long revision) {}
