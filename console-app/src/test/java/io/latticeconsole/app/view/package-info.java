/// Tests of the lower tabs and the exercise pane together.
@NullMarked
package io.latticeconsole.app.view;

import org.jspecify.annotations.NullMarked;
