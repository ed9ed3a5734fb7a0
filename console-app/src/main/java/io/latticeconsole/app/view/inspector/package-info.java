/// Everything known of what is selected.
@NullMarked
package io.latticeconsole.app.view.inspector;

import org.jspecify.annotations.NullMarked;
