/// What a drill lattice is made of: places, machines, models, and how long their work takes; generated from a seed.
@NullMarked
package io.latticeconsole.drill.world;

import org.jspecify.annotations.NullMarked;
