package io.latticeconsole.world;

import java.util.Arrays;

/// What is free on a machine's accelerators. Models of 5 billion parameters and more have their accelerators to
/// themselves; up to three smaller ones share one.
public final class AcceleratorRoom {
    private static final int SHARED_BY = 3;
    private static final double RESERVE = 1.25;
    private static final int WHOLE = 100;

    private final double memory;
    private final double[] free;
    private final int[] tenants;
    private final boolean[] broken;

    public AcceleratorRoom(NodeClass nodeClass) {
        memory = nodeClass.type().memoryBytes();
        free = new double[nodeClass.count()];
        Arrays.fill(free, memory);
        tenants = new int[free.length];
        broken = new boolean[free.length];
    }

    /// First of n neighbouring accelerators that can take such a replica, or -1.
    public int find(double billions, double sizeBytes, int n) {
        boolean whole = billions >= 5;
        int best = -1;
        for (int first = 0; first + n <= free.length; first += whole ? n : 1) {
            if (fits(first, n, whole, sizeBytes) && (best < 0 || tenants[first] < tenants[best])) {
                best = first;
            }
        }
        return best;
    }

    private boolean fits(int first, int n, boolean whole, double sizeBytes) {
        for (int i = first; i < first + n; i++) {
            boolean taken = whole ? tenants[i] > 0 : tenants[i] >= SHARED_BY;
            if (broken[i] || taken || free[i] * n < sizeBytes * RESERVE) {
                return false;
            }
        }
        return true;
    }

    /// Takes room found by [#find]; the first accelerator, or -1 where there is none.
    public int take(double billions, double sizeBytes, int n) {
        int first = find(billions, sizeBytes, n);
        if (first >= 0) {
            takeAt(first, billions, sizeBytes, n);
        }
        return first;
    }

    /// Takes room on given accelerators.
    public void takeAt(int first, double billions, double sizeBytes, int n) {
        for (int i = first; i < first + n; i++) {
            tenants[i] += billions >= 5 ? WHOLE : 1;
            free[i] -= sizeBytes * RESERVE / n;
        }
    }

    public void release(int first, double billions, double sizeBytes, int n) {
        for (int i = first; i < first + n; i++) {
            tenants[i] -= billions >= 5 ? WHOLE : 1;
            free[i] += sizeBytes * RESERVE / n;
        }
    }

    /// Marks an accelerator as unusable, or usable again.
    public void setBroken(int accelerator, boolean isBroken) {
        broken[accelerator] = isBroken;
    }

    /// Share of accelerators that have a replica.
    public double used() {
        int count = 0;
        for (int t : tenants) {
            count += t > 0 ? 1 : 0;
        }
        return (double) count / tenants.length;
    }
}
