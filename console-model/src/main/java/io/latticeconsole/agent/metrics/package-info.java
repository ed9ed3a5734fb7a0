/// What agents and gateways tell Prometheus: the numbers that the console shows, under the names that Prometheus
/// expects.
@NullMarked
package io.latticeconsole.agent.metrics;

import org.jspecify.annotations.NullMarked;
