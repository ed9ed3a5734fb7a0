package io.latticeconsole.operation;

import io.latticeconsole.lattice.Severity;

/// An event that an operation wants logged.
public record Said(String type, Severity severity, String message) {}
