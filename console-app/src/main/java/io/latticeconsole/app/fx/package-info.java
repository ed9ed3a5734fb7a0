/// The way to the FX thread: newest-wins hand-over and paced tickers; the only user of Platform.
@NullMarked
package io.latticeconsole.app.fx;

import org.jspecify.annotations.NullMarked;
