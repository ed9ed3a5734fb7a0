/// What operators may order and what became of it; and failovers, which the lattice does by itself.
@NullMarked
package io.latticeconsole.operation;

import org.jspecify.annotations.NullMarked;
