/// Entry point, command line and the object graph.
@NullMarked
package io.latticeconsole.app;

import org.jspecify.annotations.NullMarked;
