package io.latticeconsole.drill.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Events by time, then by sequence: a four-ary heap of primitive keys over slots that carry the rest.
final class EventQueue {
    private long[] times = new long[4096];
    private long[] sequences = new long[4096];
    private int[] slots = new int[4096];
    private int size;
    private long nextSequence;

    private int[] kinds = new int[4096];
    private int[] as = new int[4096];
    private long[] bs = new long[4096];
    private @Nullable Object[] payloads = new @Nullable Object[4096];
    private int[] free = new int[4096];
    private int freeCount;
    private int slotCount;

    /// What the last [#poll] took.
    long time;

    int kind;
    int a;
    long b;

    @Nullable
    Object payload;

    void add(long at, int eventKind, int eventA, long eventB, @Nullable Object eventPayload) {
        int slot = freeCount > 0 ? free[--freeCount] : newSlot();
        kinds[slot] = eventKind;
        as[slot] = eventA;
        bs[slot] = eventB;
        payloads[slot] = eventPayload;
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            sequences = Arrays.copyOf(sequences, 2 * size);
            slots = Arrays.copyOf(slots, 2 * size);
        }
        siftUp(size++, at, nextSequence++, slot);
    }

    private int newSlot() {
        if (slotCount == kinds.length) {
            int n = 2 * slotCount;
            kinds = Arrays.copyOf(kinds, n);
            as = Arrays.copyOf(as, n);
            bs = Arrays.copyOf(bs, n);
            payloads = Arrays.copyOf(payloads, n);
            free = Arrays.copyOf(free, n);
        }
        return slotCount++;
    }

    /// Time of the earliest event; [Long#MAX_VALUE] if there is none.
    long nextTime() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /// Takes the earliest event into the fields.
    void poll() {
        time = times[0];
        int slot = slots[0];
        kind = kinds[slot];
        a = as[slot];
        b = bs[slot];
        payload = payloads[slot];
        payloads[slot] = null;
        free[freeCount++] = slot;
        size--;
        if (size > 0) {
            siftDown(times[size], sequences[size], slots[size]);
        }
    }

    private void siftUp(int start, long at, long sequence, int slot) {
        int i = start;
        while (i > 0) {
            int parent = (i - 1) >>> 2;
            if (times[parent] <= at) {
                break;
            }
            move(parent, i);
            i = parent;
        }
        put(i, at, sequence, slot);
    }

    private void siftDown(long at, long sequence, int slot) {
        int i = 0;
        while (true) {
            int first = 4 * i + 1;
            if (first >= size) {
                break;
            }
            int least = first;
            for (int c = first + 1; c < Math.min(first + 4, size); c++) {
                if (times[c] < times[least] || (times[c] == times[least] && sequences[c] < sequences[least])) {
                    least = c;
                }
            }
            if (times[least] > at || (times[least] == at && sequences[least] > sequence)) {
                break;
            }
            move(least, i);
            i = least;
        }
        put(i, at, sequence, slot);
    }

    private void move(int from, int to) {
        times[to] = times[from];
        sequences[to] = sequences[from];
        slots[to] = slots[from];
    }

    private void put(int i, long at, long sequence, int slot) {
        times[i] = at;
        sequences[i] = sequence;
        slots[i] = slot;
    }

    int size() {
        return size;
    }
}
