/// Engines that speak the Open Inference Protocol v2 over gRPC, such as Triton and KServe.
@NullMarked
package io.latticeconsole.agent.engine.oip;

import org.jspecify.annotations.NullMarked;
