/// What the lattice did by itself after losses, phase by phase.
@NullMarked
package io.latticeconsole.app.view.failovers;

import org.jspecify.annotations.NullMarked;
