/// The command line: what a person can type, and what the process answers.
@NullMarked
package io.latticeconsole.app.cli;

import org.jspecify.annotations.NullMarked;
