/// Faults that a drill injects on purpose.
@NullMarked
package io.latticeconsole.exercise;

import org.jspecify.annotations.NullMarked;
