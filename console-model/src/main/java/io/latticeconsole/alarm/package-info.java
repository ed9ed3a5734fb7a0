/// What is wrong in a lattice and how loud, by fixed limits.
@NullMarked
package io.latticeconsole.alarm;

import org.jspecify.annotations.NullMarked;
