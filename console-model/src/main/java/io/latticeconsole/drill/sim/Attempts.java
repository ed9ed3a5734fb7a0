package io.latticeconsole.drill.sim;

import java.util.Arrays;

/// Executions of requests on replicas, in columns. A handle names one attempt for good: column index and a stamp that
/// changes when the index is used again.
final class Attempts {
    int[] gateway = new int[1024];
    int[] slot = new int[1024];
    int[] slotStamp = new int[1024];
    int[] engine = new int[1024];
    int[] context = new int[1024];
    int[] generate = new int[1024];
    int[] session = new int[1024];
    int[] prefillTokens = new int[1024];
    long[] enqueued = new long[1024];
    int[] streamed = new int[1024];

    /// How long its prefill takes on a healthy machine, and how long its first token took.
    double[] nominalMs = new double[1024];

    double[] ttftMs = new double[1024];

    /// Time that a macro request waited longer than the requests it stands for; subtracted from what is measured.
    long[] excess = new long[1024];

    /// Virtual token clock of its engine at which it began.
    double[] virtualStart = new double[1024];
    int[] stamp = new int[1024];
    byte[] state = new byte[1024];
    private int[] free = new int[1024];
    private int freeCount;
    private int count;

    static final byte FREE = 0;
    static final byte TRAVELLING = 1;
    static final byte QUEUED = 2;
    static final byte PREFILLING = 3;
    static final byte DECODING = 4;
    static final byte REPLYING = 5;

    /// Its machine died; what had been streamed is kept for its ingress.
    static final byte FROZEN = 6;

    int take() {
        int i = freeCount > 0 ? free[--freeCount] : grow();
        state[i] = TRAVELLING;
        excess[i] = 0;
        virtualStart[i] = 0;
        streamed[i] = 0;
        return i;
    }

    void release(int i) {
        stamp[i]++;
        state[i] = FREE;
        free[freeCount++] = i;
    }

    long handle(int i) {
        return (long) stamp[i] << 32 | i;
    }

    /// The index of a handle, or -1 if that attempt is over.
    int index(long handle) {
        int i = (int) handle;
        return handle >= 0 && stamp[i] == (int) (handle >>> 32) && state[i] != FREE ? i : -1;
    }

    int live() {
        return count - freeCount;
    }

    private int grow() {
        if (count == stamp.length) {
            int n = 2 * count;
            gateway = Arrays.copyOf(gateway, n);
            slot = Arrays.copyOf(slot, n);
            slotStamp = Arrays.copyOf(slotStamp, n);
            engine = Arrays.copyOf(engine, n);
            context = Arrays.copyOf(context, n);
            generate = Arrays.copyOf(generate, n);
            session = Arrays.copyOf(session, n);
            prefillTokens = Arrays.copyOf(prefillTokens, n);
            enqueued = Arrays.copyOf(enqueued, n);
            streamed = Arrays.copyOf(streamed, n);
            nominalMs = Arrays.copyOf(nominalMs, n);
            ttftMs = Arrays.copyOf(ttftMs, n);
            excess = Arrays.copyOf(excess, n);
            virtualStart = Arrays.copyOf(virtualStart, n);
            stamp = Arrays.copyOf(stamp, n);
            state = Arrays.copyOf(state, n);
            free = Arrays.copyOf(free, n);
        }
        return count++;
    }
}
