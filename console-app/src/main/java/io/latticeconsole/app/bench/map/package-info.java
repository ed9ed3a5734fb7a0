/// Measures how fast the map draws a large lattice whose values come over `lattice.v1` from another process.
@NullMarked
package io.latticeconsole.app.bench.map;

import org.jspecify.annotations.NullMarked;
