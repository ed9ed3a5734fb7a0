package io.latticeconsole.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.style.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutFileTest {
    @TempDir
    Path folder;

    @Test
    void comesBackAsItWasSaved() throws IOException {
        LayoutFile file = new LayoutFile(folder.resolve("a/b/layout.properties"));
        WindowLayout layout = new WindowLayout(false, true, false, 300, 400, 250, Theme.CONTRAST, 1.4);
        file.save(layout);
        assertEquals(new LayoutFile.Loaded(layout, ""), file.load());
    }

    @Test
    void theFirstStartHasTheUsualLayoutAndNoComplaint() {
        assertEquals(new LayoutFile.Loaded(WindowLayout.DEFAULT, ""), new LayoutFile(folder.resolve("none")).load());
    }

    @ParameterizedTest
    @CsvSource({
        "theme=neon,neon",
        "left.width=wide,left.width",
        "left.shown=maybe,maybe",
        "text.scale=NaN,text.scale",
        "theme=\\u12,Malformed"
    })
    void aBrokenFileGivesTheUsualLayoutAndSaysWhy(String content, String named) throws IOException {
        Path path = folder.resolve("layout.properties");
        Files.writeString(path, content);
        LayoutFile.Loaded loaded = new LayoutFile(path).load();
        assertEquals(WindowLayout.DEFAULT, loaded.layout());
        assertTrue(loaded.problem().contains(named), loaded.problem());
        assertTrue(loaded.problem().contains(path.toString()), loaded.problem());
    }

    @Test
    void sizesOutOfRangeAreBroughtBack() throws IOException {
        Path path = folder.resolve("layout.properties");
        Files.writeString(path, "left.width=9000\ntext.scale=17\nlower.height=-3\n");
        WindowLayout layout = new LayoutFile(path).load().layout();
        assertEquals(480, layout.leftWidth());
        assertEquals(2, layout.textScale());
        assertEquals(120, layout.lowerHeight());
    }

    @Test
    void aFolderInItsPlaceIsABrokenFile() throws IOException {
        Path path = folder.resolve("layout.properties");
        Files.createDirectory(path);
        assertTrue(!new LayoutFile(path).load().problem().isEmpty());
    }

    @Test
    void followsTheXdgRules() {
        assertEquals(
                Path.of("/x/lattice-console/layout.properties"),
                LayoutFile.usualPath(Map.of("XDG_CONFIG_HOME", "/x"), "/home/a"));
        assertEquals(
                Path.of("/home/a/.config/lattice-console/layout.properties"),
                LayoutFile.usualPath(Map.of(), "/home/a"));
    }
}
