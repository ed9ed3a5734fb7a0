/// The topology view: the lattice as a picture that is still until the world changes.
@NullMarked
package io.latticeconsole.app.view.map;

import org.jspecify.annotations.NullMarked;
