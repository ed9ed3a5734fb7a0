/// Columns of samples by dense node index, and their recent history.
@NullMarked
package io.latticeconsole.telemetry;

import org.jspecify.annotations.NullMarked;
