package io.latticeconsole.app.format;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Instants and spans to text.
public final class Times {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private Times() {}

    /// `14:07:32` in UTC.
    public static String utc(Instant time) {
        return SECONDS.format(time.atOffset(ZoneOffset.UTC));
    }

    /// `15:07` in a zone.
    public static String local(Instant time, ZoneId zone) {
        return MINUTES.format(time.atZone(zone));
    }

    /// How long ago something was: `0.4 s`, `12 s`, `2 min`, `3 h`, `5 d`; `–` for never. A span below zero,
    /// from clocks that disagree, is `0.0 s`.
    public static String age(@Nullable Duration age) {
        if (age == null) {
            return Figure.NONE.text();
        }
        double s = Math.max(0, age.toMillis() / 1000.0);
        if (s < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", s);
        }
        if (s < 119.5) {
            return Math.round(s) + " s";
        }
        if (s < 7_170) {
            return Math.round(s / 60) + " min";
        }
        return s < 171_000 ? Math.round(s / 3600) + " h" : Math.round(s / 86_400) + " d";
    }

    /// A span that is counted up before the operator's eyes, without tenths: `9 s`, `12 s`, `2 min`.
    public static String seconds(Duration span) {
        long s = Math.max(0, span.toSeconds());
        return s < 10 ? s + " s" : age(Duration.ofSeconds(s));
    }

    /// The age of an instant now, `–` if there is none.
    public static String age(@Nullable Instant then, Instant now) {
        return age(then == null ? null : Duration.between(then, now));
    }
}
