/// Events of all gateways in the order of lattice time, gaps shown.
@NullMarked
package io.latticeconsole.app.view.journal;

import org.jspecify.annotations.NullMarked;
