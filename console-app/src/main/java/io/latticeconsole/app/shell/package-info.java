/// The window around the screens: panes, shortcuts, command palette, status bar and layout.
@NullMarked
package io.latticeconsole.app.shell;

import org.jspecify.annotations.NullMarked;
