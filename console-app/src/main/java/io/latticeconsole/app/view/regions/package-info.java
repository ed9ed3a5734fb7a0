/// The regions of the left rail, with their head-room.
@NullMarked
package io.latticeconsole.app.view.regions;

import org.jspecify.annotations.NullMarked;
