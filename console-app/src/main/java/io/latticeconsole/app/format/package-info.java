/// Quantities, times and names to text, and typed text back to numbers.
@NullMarked
package io.latticeconsole.app.format;

import org.jspecify.annotations.NullMarked;
