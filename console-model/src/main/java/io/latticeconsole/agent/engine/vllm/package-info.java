/// vLLM over its HTTP interface.
@NullMarked
package io.latticeconsole.agent.engine.vllm;

import org.jspecify.annotations.NullMarked;
