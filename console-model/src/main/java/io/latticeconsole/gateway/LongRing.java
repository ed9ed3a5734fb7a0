package io.latticeconsole.gateway;

/// A queue of names with due times that come in order, near enough: what is due is taken from the front only.
final class LongRing {
    private long[] names = new long[1024];
    private long[] due = new long[1024];
    private int head;
    private int size;

    void add(long name, long at) {
        if (size == names.length) {
            long[] n = new long[2 * size];
            long[] d = new long[2 * size];
            for (int i = 0; i < size; i++) {
                n[i] = names[(head + i) & (size - 1)];
                d[i] = due[(head + i) & (size - 1)];
            }
            names = n;
            due = d;
            head = 0;
        }
        int tail = (head + size) & (names.length - 1);
        names[tail] = name;
        due[tail] = at;
        size++;
    }

    /// When the front is due; [Long#MAX_VALUE] if there is nothing.
    long dueAt() {
        return size == 0 ? Long.MAX_VALUE : due[head];
    }

    long take() {
        long name = names[head];
        head = (head + 1) & (names.length - 1);
        size--;
        return name;
    }
}
