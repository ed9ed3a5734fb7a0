package io.latticeconsole.routing;

/// A router's answer: the row to be used, or none. Where a request goes when that one fails is asked anew, with what
/// was
/// tried left out. Reused between calls.
public final class RouteChoice {
    /// A row of the view; -1 where nothing is eligible.
    public int row = -1;

    /// Whether anything is eligible.
    public boolean found() {
        return row >= 0;
    }

    void clear() {
        row = -1;
    }
}
