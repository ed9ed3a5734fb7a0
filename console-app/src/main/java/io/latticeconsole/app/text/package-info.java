/// Every word the user reads.
@NullMarked
package io.latticeconsole.app.text;

import org.jspecify.annotations.NullMarked;
