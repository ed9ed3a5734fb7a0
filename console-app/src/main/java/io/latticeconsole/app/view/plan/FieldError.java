package io.latticeconsole.app.view.plan;

/// What is wrong with a field, as a sentence.
public record FieldError(FormField field, String message) {}
