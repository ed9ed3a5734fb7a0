package io.latticeconsole.lattice;

import io.latticeconsole.unit.Watts;

/// A GPU of a node. `lastXid` 0 is none; `fault` is the meaning and resolution of the last fault, empty when healthy.
public record Accelerator(
        int index, String product, double memoryBytes, Watts tdp, boolean healthy, int lastXid, String fault) {}
