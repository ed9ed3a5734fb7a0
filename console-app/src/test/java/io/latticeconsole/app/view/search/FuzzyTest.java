package io.latticeconsole.app.view.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzyTest {
    @ParameterizedTest
    @CsvSource({
        "par n2,PAR-1 / n2,PAR-1 / n12",
        "dt,Day theme,Edit",
        "fra,FRA-1,Afraid",
        "chat,chat-8b,cold hat rack",
        "theme,Night theme,the same"
    })
    void theCloserNameWins(String query, String better, String worse) {
        assertTrue(Fuzzy.score(query, better) > Fuzzy.score(query, worse));
    }

    @Test
    void allLettersMustOccurInOrder() {
        assertEquals(Fuzzy.NO_MATCH, Fuzzy.score("rap", "par"));
        assertEquals(Fuzzy.NO_MATCH, Fuzzy.score("parx", "par"));
    }

    /// Seeded: whatever is matched is a subsequence, and a part of a name always matches it.
    @Test
    void matchesOnlySubsequences() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            String text = word(random, 12);
            String query = word(random, 3);
            boolean matched = Fuzzy.score(query, text) != Fuzzy.NO_MATCH;
            assertTrue(!matched || isSubsequence(query, text), query + " in " + text);
            int from = random.nextInt(text.length());
            String part = text.substring(from);
            assertTrue(Fuzzy.score(part.substring(0, 1), text) != Fuzzy.NO_MATCH);
        }
    }

    private static boolean isSubsequence(String query, String text) {
        int at = 0;
        for (char c : query.toLowerCase(Locale.ROOT).toCharArray()) {
            at = text.toLowerCase(Locale.ROOT).indexOf(c, at) + 1;
            if (at == 0) {
                return false;
            }
        }
        return true;
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append("abc1-".charAt(random.nextInt(5)));
        }
        return word.toString();
    }
}
