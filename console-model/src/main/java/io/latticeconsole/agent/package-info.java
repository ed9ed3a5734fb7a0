/// Real machines as a lattice: the process that an agent's file describes.
@NullMarked
package io.latticeconsole.agent;

import org.jspecify.annotations.NullMarked;
