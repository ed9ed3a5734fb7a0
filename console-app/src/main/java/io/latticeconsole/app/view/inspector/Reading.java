package io.latticeconsole.app.view.inspector;

import java.util.Arrays;

/// One metric of a node: its name, the number with its unit or `–`, a note (why there is none, what it was, how old it
/// is), and five minutes of history with the expected band. `old` readings are shown dimmed. `loss` is the place in the
/// history where the node was lost, -1 for none.
@SuppressWarnings("ArrayRecordComponent") // drawn as it is, never changed after it was made
public record Reading(
        String name, String figure, String note, boolean old, float[] series, double low, double high, int loss) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Reading r
                && name.equals(r.name)
                && figure.equals(r.figure)
                && note.equals(r.note)
                && old == r.old
                && Arrays.equals(series, r.series)
                && Double.compare(low, r.low) == 0
                && Double.compare(high, r.high) == 0
                && loss == r.loss;
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Arrays.hashCode(series);
    }
}
