package io.latticeconsole.alarm;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.unit.Millis;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All that troubles are judged by at one moment. `nodes` gives each dense index its node; `objectiveP95` the present
/// 95th percentile of each model's objective metric over the whole lattice; what an `unreachable` region owns is not
/// judged.
public record Observed(
        LatticeState lattice,
        List<NodeId> nodes,
        NodeReadings readings,
        Map<ModelId, Millis> objectiveP95,
        Set<RegionId> unreachable) {}
