/// What a lattice is made of by configuration: places, machines, models, how long their work takes and what is usual.
@NullMarked
package io.latticeconsole.world;

import org.jspecify.annotations.NullMarked;
