/// Quantities as types, each with its unit in the name.
@NullMarked
package io.latticeconsole.unit;

import org.jspecify.annotations.NullMarked;
