package io.latticeconsole.app.shell;

import io.latticeconsole.app.text.Words;
import io.latticeconsole.security.Expiry;
import io.latticeconsole.store.EndpointState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sentences on certificates that end within 30 days, more urgent at 7 and at 1: the console's own, and those
/// of endpoints, one for all that end together.
final class CertificateNotices {
    private CertificateNotices() {}

    /// @param own when the console's certificate ends, null over plaintext
    /// @param name of an endpoint
    static List<Notice> of(
            List<EndpointState> endpoints, @Nullable Instant own, Function<EndpointState, String> name, Instant now) {
        List<Notice> notices = new ArrayList<>();
        if (own != null) {
            add(notices, Words.of("notice.certificate.own"), own, now);
        }
        Map<Instant, List<String>> byEnd = new TreeMap<>();
        for (EndpointState endpoint : endpoints) {
            Instant end = endpoint.certificateEnds();
            if (end != null) {
                byEnd.computeIfAbsent(end, _ -> new ArrayList<>()).add(name.apply(endpoint));
            }
        }
        byEnd.forEach(
                (end, names) -> add(notices, Words.of("notice.certificate.of", String.join(", ", names)), end, now));
        return notices;
    }

    private static void add(List<Notice> notices, String whose, Instant end, Instant now) {
        Expiry expiry = Expiry.of(end, now);
        if (expiry == Expiry.FAR) {
            return;
        }
        String date = end.toString().substring(0, 16).replace('T', ' ');
        String text = switch (expiry) {
            case FAR, MONTH, WEEK -> {
                long days = Duration.between(now, end).toDays();
                yield Words.of("notice.certificate.days", whose, Long.toString(days), date);
            }
            case DAY -> Words.of("notice.certificate.day", whose, date);
            case OVER -> Words.of("notice.certificate.over", whose, date);
        };
        notices.add(new Notice(text, priority(expiry)));
    }

    private static int priority(Expiry expiry) {
        return switch (expiry) {
            case FAR -> 0;
            case MONTH -> 4;
            case WEEK -> 3;
            case DAY -> 2;
            case OVER -> 1;
        };
    }
}
