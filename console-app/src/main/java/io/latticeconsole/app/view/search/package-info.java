/// Finding objects by a few letters.
@NullMarked
package io.latticeconsole.app.view.search;

import org.jspecify.annotations.NullMarked;
