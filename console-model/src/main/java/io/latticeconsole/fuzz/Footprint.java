package io.latticeconsole.fuzz;

import java.lang.management.ManagementFactory;

/// What this process holds: heap in use after a collection, and threads of the platform.
record Footprint(long heapBytes, int threads) {
    static Footprint now() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }
}
