/// The lattice that runs in memory, and its gRPC server.
@NullMarked
package io.latticeconsole.drill;

import org.jspecify.annotations.NullMarked;
