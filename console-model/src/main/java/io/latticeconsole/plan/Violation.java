package io.latticeconsole.plan;

/// A limit that would be broken afterwards; `presentBefore` says that it is broken already.
public record Violation(ViolationKind kind, String subject, String description, boolean presentBefore) {}
