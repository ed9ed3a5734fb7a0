/// The map's own rasteriser: fills integer pixels, layer by layer, only where something changed.
@NullMarked
package io.latticeconsole.app.view.map.raster;

import org.jspecify.annotations.NullMarked;
