/// Where things are: arrangements, camera, level of detail, routes of flows and picking; pure.
@NullMarked
package io.latticeconsole.app.view.map.layout;

import org.jspecify.annotations.NullMarked;
