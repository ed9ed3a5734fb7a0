/// A server of prepared data for measurements of clients: the contract's messages without a lattice behind them.
@NullMarked
package io.latticeconsole.drill.bench;

import org.jspecify.annotations.NullMarked;
