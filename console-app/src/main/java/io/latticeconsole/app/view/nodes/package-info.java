/// The table of nodes with their readings.
@NullMarked
package io.latticeconsole.app.view.nodes;

import org.jspecify.annotations.NullMarked;
