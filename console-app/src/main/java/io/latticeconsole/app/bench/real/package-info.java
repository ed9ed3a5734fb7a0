/// A lattice of real processes with real inference: what its clients notice when agents die, stall or are drained.
@NullMarked
package io.latticeconsole.app.bench.real;

import org.jspecify.annotations.NullMarked;
