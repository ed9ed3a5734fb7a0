package io.latticeconsole.app.shell;

/// A line of the command palette: what it is called, what kind it is or which keys it has, and what choosing it does.
public record PaletteEntry(String title, String detail, Runnable action) {}
