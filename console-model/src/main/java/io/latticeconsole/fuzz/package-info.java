/// Mutated messages against real servers: what a hostile or broken caller can do to a lattice.
@NullMarked
package io.latticeconsole.fuzz;

import org.jspecify.annotations.NullMarked;
