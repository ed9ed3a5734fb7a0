package io.latticeconsole.gateway;

/// A client's request as it reaches an ingress. `session` is -1 without one; `sentAt` is when the client sent it first.
public record ClientRequest(int model, int contextTokens, int generateTokens, int session, long sentAt) {}
