/// The models of the left rail, with their objective.
@NullMarked
package io.latticeconsole.app.view.models;

import org.jspecify.annotations.NullMarked;
