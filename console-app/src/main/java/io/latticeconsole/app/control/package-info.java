/// Small controls that several screens share.
@NullMarked
package io.latticeconsole.app.control;

import org.jspecify.annotations.NullMarked;
