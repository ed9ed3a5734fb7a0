/// The gRPC server of one gateway: publishes what the gateway owns to any number of watchers and takes their orders.
@NullMarked
package io.latticeconsole.server;

import org.jspecify.annotations.NullMarked;
