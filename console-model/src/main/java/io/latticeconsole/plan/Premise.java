package io.latticeconsole.plan;

/// A resource and the etag of it that a plan rests on.
public record Premise(String resource, String etag) {}
