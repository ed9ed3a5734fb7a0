/// What an agent knows of the inference engine beside it: one interface, whatever the engine speaks.
@NullMarked
package io.latticeconsole.agent.engine;

import org.jspecify.annotations.NullMarked;
