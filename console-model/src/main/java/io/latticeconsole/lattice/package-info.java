/// The lattice as a console or a gateway knows it: immutable objects, the facts that change them, and the reducer.
@NullMarked
package io.latticeconsole.lattice;

import org.jspecify.annotations.NullMarked;
