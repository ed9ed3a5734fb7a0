/// From a gateway's delta to the pixel.
@NullMarked
package io.latticeconsole.app.bench.glass;

import org.jspecify.annotations.NullMarked;
