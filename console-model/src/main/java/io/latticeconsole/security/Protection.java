package io.latticeconsole.security;

/// How an endpoint protects what it serves.
public sealed interface Protection {
    /// Plaintext, on loopback only.
    Protection LOOPBACK = new Plaintext(false);

    /// Without TLS: anyone who reaches the port may do everything, under any name. Served on loopback only,
    /// unless somebody said that it may be served `anywhere`.
    record Plaintext(boolean anywhere) implements Protection {}

    /// TLS, everyone by certificate, and what the roles in it allow.
    record MutualTls(KeyMaterial material) implements Protection {}
}
