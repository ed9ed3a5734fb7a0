/// A gateway of real machines: the same router, ledger, failover and orders as in the drill, over connections to
/// agents.
@NullMarked
package io.latticeconsole.agent.gateway;

import org.jspecify.annotations.NullMarked;
