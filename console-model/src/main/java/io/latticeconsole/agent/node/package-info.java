/// What makes a machine a node of a lattice: its replicas in its engine, its reports, and its endpoint for a gateway.
@NullMarked
package io.latticeconsole.agent.node;

import org.jspecify.annotations.NullMarked;
