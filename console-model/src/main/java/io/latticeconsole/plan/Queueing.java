package io.latticeconsole.plan;

/// Waiting times by queueing theory, as far as capacity and load tell them.
///
/// A model at a site is taken as `c` servers (its replicas) with a joint capacity of `C` requests/s, so that
/// one service takes `S = c / C`. The probability of waiting follows Sakasegawa (1977), `Pw = ρ^(√(2(c+1)) −
/// 1)`, and the wait of those who wait is taken as exponential with mean `S / (c (1 − ρ)) = 1 / (C (1 − ρ))`.
/// Hence the 95th percentile of the wait is `ln(Pw / 0.05) / (C (1 − ρ))`, or 0 where fewer than 5 % wait.
public final class Queueing {
    /// Above this utilisation the stationary wait says little: the formula is evaluated here and grows linearly beyond.
    private static final double MOST = 0.98;

    private Queueing() {}

    /// 95th percentile of the wait in ms at `load` requests/s on `servers` replicas that serve `capacity` together.
    /// Infinite without capacity.
    public static double waitP95Millis(double load, double capacity, int servers) {
        if (!(capacity > 0) || servers < 1) {
            return load > 0 ? Double.POSITIVE_INFINITY : 0;
        }
        double utilization = Math.max(0, load / capacity);
        double rho = Math.min(MOST, utilization);
        double waiting = Math.pow(rho, Math.sqrt(2.0 * (servers + 1)) - 1);
        double wait = waiting <= 0.05 ? 0 : Math.log(waiting / 0.05) / (capacity * (1 - rho));
        return 1000 * wait * (1 + 10 * Math.max(0, utilization - MOST));
    }
}
