/// How fast samples get from the wire into the store, and what that costs.
@NullMarked
package io.latticeconsole.app.bench.feed;

import org.jspecify.annotations.NullMarked;
