package io.latticeconsole.app.view.search;

import java.util.Locale;

/// How well a few letters name something: all of them must occur in order; letters that begin a word or follow each
/// other count more, and a shorter name wins.
public final class Fuzzy {
    /// Not all letters occur.
    public static final int NO_MATCH = -1;

    private static final int NEXT = 12;
    private static final int WORD_START = 10;

    private Fuzzy() {}

    /// @return [#NO_MATCH] or a score, more is better; an empty query matches everything with 0
    public static int score(String query, String text) {
        String q = query.toLowerCase(Locale.ROOT);
        String t = text.toLowerCase(Locale.ROOT);
        int score = 0;
        int at = 0;
        int last = -2;
        for (int i = 0; i < q.length(); i++) {
            char c = q.charAt(i);
            if (Character.isWhitespace(c)) {
                continue;
            }
            int found = find(t, c, at, last);
            if (found < 0) {
                return NO_MATCH;
            }
            score += found == last + 1 ? NEXT : 1;
            score += startsWord(t, found) ? WORD_START : 0;
            last = found;
            at = found + 1;
        }
        return score * 100 - t.length();
    }

    /// The next letter of a run if it goes on, else the next one that begins a word, else the next one at all.
    private static int find(String text, char c, int from, int last) {
        if (from < text.length() && from == last + 1 && text.charAt(from) == c) {
            return from;
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == c && startsWord(text, i)) {
                return i;
            }
        }
        return text.indexOf(c, from);
    }

    private static boolean startsWord(String text, int at) {
        if (at == 0) {
            return true;
        }
        char before = text.charAt(at - 1);
        char here = text.charAt(at);
        return !Character.isLetterOrDigit(before) || (Character.isDigit(here) && !Character.isDigit(before));
    }
}
