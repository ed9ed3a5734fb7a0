package io.latticeconsole.endpoint;

/// Who orders something; `verified` when a certificate says so, not merely metadata.
public record Caller(String name, boolean verified) {}
