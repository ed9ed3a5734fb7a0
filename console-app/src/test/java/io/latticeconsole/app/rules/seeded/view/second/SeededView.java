package io.latticeconsole.app.rules.seeded.view.second;

import io.latticeconsole.app.rules.seeded.view.first.SeededRow;

/// The other view.
public final class SeededView {
    public String row(SeededRow row) {
        return new io.latticeconsole.app.rules.seeded.control.SeededControl().show(row);
    }
}
