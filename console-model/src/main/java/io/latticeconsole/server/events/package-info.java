/// The events of an endpoint by number: in memory, or on disk so that they outlast a restart.
@NullMarked
package io.latticeconsole.server.events;

import org.jspecify.annotations.NullMarked;
