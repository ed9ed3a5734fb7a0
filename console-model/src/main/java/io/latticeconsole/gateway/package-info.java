/// A region's gateway: it routes its region's requests, watches its own nodes, and knows of everything else
/// only what it was told over the network.
@NullMarked
package io.latticeconsole.gateway;

import org.jspecify.annotations.NullMarked;
