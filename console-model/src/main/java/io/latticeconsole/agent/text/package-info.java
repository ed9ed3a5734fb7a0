/// Foreign text formats that agents read.
@NullMarked
package io.latticeconsole.agent.text;

import org.jspecify.annotations.NullMarked;
