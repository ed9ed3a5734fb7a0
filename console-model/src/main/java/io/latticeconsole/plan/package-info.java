/// What an operation would do, computed before anything happens; pure, over an immutable state.
@NullMarked
package io.latticeconsole.plan;

import org.jspecify.annotations.NullMarked;
