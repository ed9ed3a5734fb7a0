/// How much of a core a simulated lattice takes, and how large one can be.
@NullMarked
package io.latticeconsole.app.bench.sim;

import org.jspecify.annotations.NullMarked;
