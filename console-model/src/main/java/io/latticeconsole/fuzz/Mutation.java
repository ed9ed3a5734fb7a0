package io.latticeconsole.fuzz;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Damages bytes the way that lines, bugs and attackers do.
final class Mutation {
    private static final int LONGEST = 1 << 18;
    private static final int MOST_COPIES = 200;
    private static final byte[] ENDLESS_LENGTH = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};

    private Mutation() {}

    /// A damaged copy; one to four wounds.
    static byte[] of(byte[] message, RandomGenerator random) {
        byte[] now = message.clone();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            now = once(now, random);
        }
        return now;
    }

    private static byte[] once(byte[] now, RandomGenerator random) {
        int at = now.length == 0 ? 0 : random.nextInt(now.length);
        int length = now.length == at ? 0 : 1 + random.nextInt(Math.min(64, now.length - at));
        return switch (random.nextInt(8)) {
            case 0 -> bitFlipped(now, at, random);
            case 1 -> Arrays.copyOf(now, at);
            case 2 -> spliced(now, at, length, new byte[0]);
            case 3 -> spliced(now, at, 0, Arrays.copyOfRange(now, at, at + length));
            case 4 -> spliced(now, at, 0, noise(1 + random.nextInt(16), random));
            case 5 -> spliced(now, at, Math.min(1, length), ENDLESS_LENGTH);
            case 6 -> spliced(now, at, length, noise(length, random));
            default -> repeated(now, 2 + random.nextInt(random.nextInt(20) == 0 ? MOST_COPIES : 3));
        };
    }

    static byte[] noise(int length, RandomGenerator random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bitFlipped(byte[] now, int at, RandomGenerator random) {
        if (now.length > 0) {
            now[at] ^= (byte) (1 << random.nextInt(8));
        }
        return now;
    }

    /// A message many times in a row: its lists grow by as much.
    private static byte[] repeated(byte[] now, int times) {
        int most = now.length == 0 ? 0 : Math.min(times, LONGEST / now.length);
        byte[] many = new byte[now.length * most];
        for (int i = 0; i < most; i++) {
            System.arraycopy(now, 0, many, i * now.length, now.length);
        }
        return many;
    }

    private static byte[] spliced(byte[] now, int at, int gone, byte[] instead) {
        byte[] whole = new byte[now.length - gone + instead.length];
        System.arraycopy(now, 0, whole, 0, at);
        System.arraycopy(instead, 0, whole, at, instead.length);
        System.arraycopy(now, at + gone, whole, at + instead.length, now.length - at - gone);
        return whole;
    }
}
