package io.latticeconsole.security;

import java.time.Duration;
import java.time.Instant;

/// How near the end of a certificate is; each next constant is more urgent.
public enum Expiry {
    /// More than 30 days.
    FAR,
    /// 30 days or less.
    MONTH,
    /// 7 days or less.
    WEEK,
    /// A day or less.
    DAY,
    OVER;

    public static Expiry of(Instant end, Instant now) {
        Duration left = Duration.between(now, end);
        if (left.isNegative() || left.isZero()) {
            return OVER;
        }
        if (left.compareTo(Duration.ofDays(1)) <= 0) {
            return DAY;
        }
        if (left.compareTo(Duration.ofDays(7)) <= 0) {
            return WEEK;
        }
        return left.compareTo(Duration.ofDays(30)) <= 0 ? MONTH : FAR;
    }
}
