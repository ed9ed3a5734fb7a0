/// An agent's configuration file: what may stand in it, and what it makes of this process.
@NullMarked
package io.latticeconsole.agent.config;

import org.jspecify.annotations.NullMarked;
