/// Rules of architecture that hold in the model, and the violations each was seen to catch.
@NullMarked
package io.latticeconsole.rules;

import org.jspecify.annotations.NullMarked;
