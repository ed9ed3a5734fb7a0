/// The router: one pure function from a request and what is known of replicas to ranked choices with reasons.
@NullMarked
package io.latticeconsole.routing;

import org.jspecify.annotations.NullMarked;
