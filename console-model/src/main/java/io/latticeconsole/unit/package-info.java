/// Quantities as types, each with its unit in the name; NaN is *no reading*.
@NullMarked
package io.latticeconsole.unit;

import org.jspecify.annotations.NullMarked;
