/// Clients of a lattice of real machines, for measurements.
@NullMarked
package io.latticeconsole.agent.bench;

import org.jspecify.annotations.NullMarked;
