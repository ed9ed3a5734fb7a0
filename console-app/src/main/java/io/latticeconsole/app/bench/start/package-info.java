/// From process start to the first live frame, and memory over time.
@NullMarked
package io.latticeconsole.app.bench.start;

import org.jspecify.annotations.NullMarked;
