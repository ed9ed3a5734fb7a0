package io.latticeconsole.app.view.regions;

import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.unit.Ratio;

/// A region as the rail shows it. Head-room is the free share of its ready accelerators; NONE while it cannot be known.
public record RegionRow(
        RegionId id, String name, int nodes, int down, Ratio headroom, int priority, boolean reachable) {}
