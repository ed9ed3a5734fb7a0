package io.latticeconsole.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Keeps refusals short enough for a header: what callers sent may be long, and a client that gets more than
/// 8 KiB of headers gives up its whole connection.
public final class Brief {
    /// Bytes of a sentence as a header carries it.
    static final int SENTENCE_BYTES = 700;

    /// Bytes of all subjects together.
    static final int SUBJECT_BYTES = 1000;

    private static final String MORE = "...";

    private Brief() {}

    /// A sentence, cut where it is too long for a header.
    public static String sentence(String text) {
        return cut(text, SENTENCE_BYTES);
    }

    /// As many subjects as there is room for, the first one at least in part.
    static List<String> subjects(List<String> all) {
        List<String> some = new ArrayList<>();
        int left = SUBJECT_BYTES;
        for (String subject : all) {
            String kept = some.isEmpty() ? cut(subject, left) : subject;
            left -= kept.getBytes(StandardCharsets.UTF_8).length + 1;
            if (left < 0 && !some.isEmpty()) {
                break;
            }
            some.add(kept);
        }
        return some;
    }

    private static String cut(String text, int most) {
        int bytes = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int point = text.codePointAt(at);
            boolean plain = point >= ' ' && point < 0x7f && point != '%';
            bytes += plain ? 1 : 3 * (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
            if (bytes > most - MORE.length()) {
                return text.substring(0, at) + MORE;
            }
        }
        return text;
    }
}
