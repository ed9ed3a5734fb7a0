/// Style sheets, style classes and pseudo-classes.
@NullMarked
package io.latticeconsole.app.style;

import org.jspecify.annotations.NullMarked;
