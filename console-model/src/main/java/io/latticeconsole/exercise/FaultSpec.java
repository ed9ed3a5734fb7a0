package io.latticeconsole.exercise;

import io.latticeconsole.lattice.ResourceName;
import java.util.List;

/// A fault to inject. `targets` are nodes, sites, regions, gateways, paths or models by kind; `magnitude` 0 is
/// the kind's default (factor, extra ms, ratio or watts); `durationSeconds` 0 lasts until cleared; `version` is
/// that of a bad model.
public record FaultSpec(
        FaultKind kind,
        List<ResourceName> targets,
        double magnitude,
        int xid,
        int acceleratorIndex,
        double durationSeconds,
        String version) {
    public FaultSpec {
        targets = List.copyOf(targets);
    }
}
