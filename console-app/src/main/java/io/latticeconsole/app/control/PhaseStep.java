package io.latticeconsole.app.control;

/// A step of something that runs: its name, how long it took or takes, and how far it is, 0 to 1, NaN before it begins.
public record PhaseStep(String name, String time, double progress) {}
