package io.latticeconsole.rules.seeded.lattice;

import com.google.protobuf.Timestamp;
import io.latticeconsole.rules.seeded.unit.SeededHelper;

/// The other half of the seeded cycle.
public final class SeededLattice {
    public Timestamp stamp(SeededHelper helper) {
        return helper.stamp();
    }
}
