package io.latticeconsole.app.rules.seeded.control;

import io.latticeconsole.app.rules.seeded.view.first.SeededRow;

/// A control that knows a view.
public final class SeededControl {
    public String show(SeededRow row) {
        return String.valueOf(row.hashCode());
    }
}
