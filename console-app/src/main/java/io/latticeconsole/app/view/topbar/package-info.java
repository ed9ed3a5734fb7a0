/// The bar across the top: figures, troubles, gateways, clocks and operator.
@NullMarked
package io.latticeconsole.app.view.topbar;

import org.jspecify.annotations.NullMarked;
