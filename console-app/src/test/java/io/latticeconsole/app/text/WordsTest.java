package io.latticeconsole.app.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"node", "site", "replica"})
    void oneIsNotMany(String word) {
        assertEquals("1 " + word, Words.counted(word + "s", 1));
        assertEquals("0 " + word + "s", Words.counted(word + "s", 0));
        assertEquals("24 " + word + "s", Words.counted(word + "s", 24));
    }

    @Test
    void aMapSaysHowLargeItIs() {
        assertEquals("3 nodes · 1 site", MapText.of("size", Words.counted("nodes", 3), Words.counted("sites", 1)));
    }
}
