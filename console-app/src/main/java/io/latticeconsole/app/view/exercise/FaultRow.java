package io.latticeconsole.app.view.exercise;

/// An active fault as it is read: `name` is its resource name, `what` and `where` its kind and targets, `age` since its
/// start in lattice time and how long it still lasts.
public record FaultRow(String name, String what, String where, String age, String operator) {}
