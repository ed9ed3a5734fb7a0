/// What operators ordered, with progress, hold, resume and cancel.
@NullMarked
package io.latticeconsole.app.view.operations;

import org.jspecify.annotations.NullMarked;
