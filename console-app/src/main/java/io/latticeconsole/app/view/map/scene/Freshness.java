package io.latticeconsole.app.view.map.scene;

/// How old what is known of an object is: drawn as the outline's stroke.
public enum Freshness {
    FRESH,
    STALE,
    UNREACHABLE
}
