/// Translates between the messages of `lattice.v1` and the model, and refuses what the contract does not allow.
@NullMarked
package io.latticeconsole.codec;

import org.jspecify.annotations.NullMarked;
