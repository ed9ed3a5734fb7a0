/// Mutated messages against real servers, with figures.
@NullMarked
package io.latticeconsole.app.bench.fuzz;

import org.jspecify.annotations.NullMarked;
