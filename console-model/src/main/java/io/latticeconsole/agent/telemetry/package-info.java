/// What an agent's machine can be asked about itself: its accelerators through NVML, `nvidia-smi` or a DCGM exporter,
/// and its processor, memory and temperature.
@NullMarked
package io.latticeconsole.agent.telemetry;

import org.jspecify.annotations.NullMarked;
