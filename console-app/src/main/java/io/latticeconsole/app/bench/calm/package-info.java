/// How still the screen is while nothing happens.
@NullMarked
package io.latticeconsole.app.bench.calm;

import org.jspecify.annotations.NullMarked;
