/// What an endpoint of the lattice publishes and what may be asked of it, in the model's own types.
@NullMarked
package io.latticeconsole.endpoint;

import org.jspecify.annotations.NullMarked;
