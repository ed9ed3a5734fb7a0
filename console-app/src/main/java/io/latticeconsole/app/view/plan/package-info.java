/// The plan panel: what an operation would do, then armed, started and read back.
@NullMarked
package io.latticeconsole.app.view.plan;

import org.jspecify.annotations.NullMarked;
