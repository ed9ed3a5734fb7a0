/// Rules of architecture and layout that hold in the app, and the violations each was seen to catch.
@NullMarked
package io.latticeconsole.app.rules;

import org.jspecify.annotations.NullMarked;
