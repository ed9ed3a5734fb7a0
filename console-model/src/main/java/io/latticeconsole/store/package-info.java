/// The console's state and its only writer.
@NullMarked
package io.latticeconsole.store;

import org.jspecify.annotations.NullMarked;
