/// Faults injected on purpose, and the lattice's clock; only in an exercise.
@NullMarked
package io.latticeconsole.app.view.exercise;

import org.jspecify.annotations.NullMarked;
