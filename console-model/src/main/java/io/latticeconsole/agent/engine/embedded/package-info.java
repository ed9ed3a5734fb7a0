/// An inference engine of our own: ONNX Runtime with a small transformer, behind the Open Inference Protocol v2.
@NullMarked
package io.latticeconsole.agent.engine.embedded;

import org.jspecify.annotations.NullMarked;
