/// A lattice against one central site, on the same requests and the same hardware.
@NullMarked
package io.latticeconsole.app.bench.central;

import org.jspecify.annotations.NullMarked;
