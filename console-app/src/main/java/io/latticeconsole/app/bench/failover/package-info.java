/// How fast a lattice sees losses and moves traffic, and what it loses.
@NullMarked
package io.latticeconsole.app.bench.failover;

import org.jspecify.annotations.NullMarked;
