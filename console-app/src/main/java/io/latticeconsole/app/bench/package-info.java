/// Measurements that a person can repeat: each prints its figures as one JSON line.
@NullMarked
package io.latticeconsole.app.bench;

import org.jspecify.annotations.NullMarked;
