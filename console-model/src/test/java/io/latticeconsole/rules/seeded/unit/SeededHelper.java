package io.latticeconsole.rules.seeded.unit;

import com.google.protobuf.Timestamp;
import io.latticeconsole.rules.seeded.lattice.SeededLattice;
import java.awt.Point;
import java.time.Instant;

/// Breaks the rules on layering, windows, wire types, clocks, cycles, null-marking, output and names on purpose.
public final class SeededHelper {
    public Instant now() {
        System.out.println(new Point(1, 2));
        return Instant.now().plusSeconds(new SeededLattice().stamp(this).getSeconds());
    }

    public Timestamp stamp() {
        return Timestamp.getDefaultInstance();
    }
}
