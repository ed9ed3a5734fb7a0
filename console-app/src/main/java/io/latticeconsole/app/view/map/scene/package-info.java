/// What the map shows, as immutable primitive columns by dense index; no toolkit.
@NullMarked
package io.latticeconsole.app.view.map.scene;

import org.jspecify.annotations.NullMarked;
