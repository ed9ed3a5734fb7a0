/// The one selection that map, tables, rails and inspector share.
@NullMarked
package io.latticeconsole.app.view.selection;

import org.jspecify.annotations.NullMarked;
