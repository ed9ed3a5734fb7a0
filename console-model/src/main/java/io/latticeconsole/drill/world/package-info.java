/// Generates what a drill lattice is made of from a seed.
@NullMarked
package io.latticeconsole.drill.world;

import org.jspecify.annotations.NullMarked;
