package io.latticeconsole.app.view.search;

import io.latticeconsole.lattice.ResourceName;

/// An object that can be found: its name, what people call it, what kind of thing it is.
public record Found(ResourceName name, String title, String detail) {}
