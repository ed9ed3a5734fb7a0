/// The coordinator: plans, arms and operations of a whole lattice, whatever gateway hosts it.
@NullMarked
package io.latticeconsole.coordination;

import org.jspecify.annotations.NullMarked;
