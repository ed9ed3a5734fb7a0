/// The simulated world of a drill: time, network, machines, clients and faults, on one thread.
@NullMarked
package io.latticeconsole.drill.sim;

import org.jspecify.annotations.NullMarked;
