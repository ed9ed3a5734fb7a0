package io.latticeconsole.gateway;

import io.latticeconsole.routing.RouterView;
import java.util.Arrays;

/// Requests that an ingress has not answered yet, in columns, chained by the row they are at (-1: at none). The
/// stamp of a slot changes when its request is over.
final class InFlight {
    private final RouterView view;
    int[] model = new int[256];
    int[] context = new int[256];
    int[] generate = new int[256];
    int[] session = new int[256];
    long[] sentAt = new long[256];
    int[] row = new int[256];
    long[] attempt = new long[256];
    long[] dispatchedAt = new long[256];
    int[] tries = new int[256];
    int[] tokensDone = new int[256];
    double[] ttftMs = new double[256];
    int[] stamp = new int[256];
    boolean[] live = new boolean[256];
    LossTally[] tally = new LossTally[256];
    private int[] next = new int[256];
    private int[] previous = new int[256];
    private int[] head = new int[64];
    private int[] free = new int[256];
    private int freeCount;
    private int count;

    InFlight(RouterView view) {
        this.view = view;
        Arrays.fill(head, -1);
        Arrays.fill(tally, LossTally.NONE);
    }

    int take() {
        int slot = freeCount > 0 ? free[--freeCount] : grow();
        live[slot] = true;
        row[slot] = -1;
        tries[slot] = 0;
        tokensDone[slot] = 0;
        ttftMs[slot] = Double.NaN;
        attempt[slot] = -1;
        tally[slot] = LossTally.NONE;
        return slot;
    }

    void release(int slot) {
        unlink(slot);
        live[slot] = false;
        stamp[slot]++;
        tally[slot] = LossTally.NONE;
        free[freeCount++] = slot;
    }

    /// Puts a request at a row.
    void link(int slot, int at) {
        if (at >= head.length) {
            int n = head.length;
            head = Arrays.copyOf(head, 2 * at);
            Arrays.fill(head, n, head.length, -1);
        }
        view.sends(at);
        row[slot] = at;
        next[slot] = head[at];
        previous[slot] = -1;
        if (head[at] >= 0) {
            previous[head[at]] = slot;
        }
        head[at] = slot;
    }

    /// Takes a request from the row it is at.
    void unlink(int slot) {
        int at = row[slot];
        if (at < 0) {
            return;
        }
        view.leaves(at);
        if (previous[slot] >= 0) {
            next[previous[slot]] = next[slot];
        } else {
            head[at] = next[slot];
        }
        if (next[slot] >= 0) {
            previous[next[slot]] = previous[slot];
        }
        row[slot] = -1;
    }

    int first(int at) {
        return at < head.length ? head[at] : -1;
    }

    int next(int slot) {
        return next[slot];
    }

    /// Slots ever used: live ones are below.
    int extent() {
        return count;
    }

    private int grow() {
        if (count == stamp.length) {
            int n = 2 * count;
            model = Arrays.copyOf(model, n);
            context = Arrays.copyOf(context, n);
            generate = Arrays.copyOf(generate, n);
            session = Arrays.copyOf(session, n);
            sentAt = Arrays.copyOf(sentAt, n);
            row = Arrays.copyOf(row, n);
            attempt = Arrays.copyOf(attempt, n);
            dispatchedAt = Arrays.copyOf(dispatchedAt, n);
            tries = Arrays.copyOf(tries, n);
            tokensDone = Arrays.copyOf(tokensDone, n);
            ttftMs = Arrays.copyOf(ttftMs, n);
            stamp = Arrays.copyOf(stamp, n);
            live = Arrays.copyOf(live, n);
            tally = Arrays.copyOf(tally, n);
            Arrays.fill(tally, count, n, LossTally.NONE);
            next = Arrays.copyOf(next, n);
            previous = Arrays.copyOf(previous, n);
            free = Arrays.copyOf(free, n);
        }
        return count++;
    }
}
