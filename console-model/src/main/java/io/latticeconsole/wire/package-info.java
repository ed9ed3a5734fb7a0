/// The console's only gRPC client: one link for each gateway, its stream, its orders, and what to do when they break.
@NullMarked
package io.latticeconsole.wire;

import org.jspecify.annotations.NullMarked;
