package io.latticeconsole.lattice;

import io.latticeconsole.unit.Watts;

/// A GPU of a node, or the processors of one that has none. `lastXid` 0 is none; `fault` is the meaning and resolution
/// of the last fault, empty when healthy.
public record Accelerator(
        int index, String product, double memoryBytes, Watts tdp, boolean healthy, int lastXid, String fault) {
    /// The product of what is no accelerator: a machine's own processors, which do the work where there is none.
    public static final String PROCESSORS = "CPU";

    /// Whether these are the machine's own processors.
    public boolean isProcessors() {
        return product.equals(PROCESSORS);
    }
}
