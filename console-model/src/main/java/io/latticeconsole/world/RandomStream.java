package io.latticeconsole.world;

/// A counter-based random stream for one purpose: its n-th number depends on seed, purpose and n only, so that what one
/// part of a lattice draws never changes what another part draws. The mix is SplitMix64's (Steele, Lea, Flood 2014).
public final class RandomStream {
    private final long key;
    private long counter;

    public RandomStream(long seed, String purpose) {
        this(seed, purpose, 0);
    }

    public RandomStream(long seed, String purpose, long instance) {
        long k = mix(seed ^ 0x9E3779B97F4A7C15L);
        for (int i = 0; i < purpose.length(); i++) {
            k = mix(k + purpose.charAt(i));
        }
        this.key = mix(k + instance);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    public long nextLong() {
        counter++;
        return mix(key + counter * 0x9E3779B97F4A7C15L);
    }

    /// Uniform in [0, 1).
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /// Uniform in [0, bound).
    public int nextInt(int bound) {
        return (int) (((nextLong() >>> 33) * bound) >>> 31);
    }

    /// Exponential with mean 1.
    public double nextExponential() {
        return -Math.log(1 - nextDouble());
    }

    /// Normal with mean 0 and deviation 1, to about 2 %: the sum of four uniform numbers, cheap and without tails.
    public double nextNormal() {
        long bits = nextLong();
        int sum = (int) ((bits & 0xFFFF) + ((bits >>> 16) & 0xFFFF) + ((bits >>> 32) & 0xFFFF) + (bits >>> 48));
        return (sum - 131070.0) / 37837.0;
    }
}
