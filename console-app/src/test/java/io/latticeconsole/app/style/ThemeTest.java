package io.latticeconsole.app.style;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The style sheets keep the colour rules, without a toolkit.
class ThemeTest {
    private static final List<String> MAPPINGS =
            List.of("modena.css", "controlsfx.css", "console.css", "panes.css", "map.css");
    private static final Pattern LOOK_UP = Pattern.compile("(?<![a-z0-9-])-(?:lc|fx)-[a-z0-9-]+");
    private static final List<String> SURFACES = List.of(
            "-lc-ground",
            "-lc-panel",
            "-lc-panel-raised",
            "-lc-bar",
            "-lc-field",
            "-lc-button",
            "-lc-hover",
            "-lc-selected",
            "-lc-room",
            "-lc-tile",
            "-lc-popup");

    private static Map<String, Color> tokens(Theme theme) throws IOException {
        return Sheet.theme("tokens/" + theme.name().toLowerCase(Locale.ROOT) + ".css")
                .colours();
    }

    private static Color token(Map<String, Color> tokens, String name) {
        return java.util.Objects.requireNonNull(tokens.get(name), name);
    }

    @ParameterizedTest
    @EnumSource
    void definesTheSameTokensAsNight(Theme theme) throws IOException {
        assertEquals(tokens(Theme.NIGHT).keySet(), tokens(theme).keySet());
        assertTrue(tokens(theme).size() > 30);
    }

    @Test
    void sheetsParseWithoutErrors() throws IOException {
        for (String name : MAPPINGS) {
            Sheet sheet = Sheet.theme(name);
            assertEquals(List.of(), sheet.errors(), name);
            assertTrue(!sheet.parsed().getRules().isEmpty(), name);
        }
        assertTrue(
                !Sheet.of("seeded", ".a { -fx-padding: ; } .b { -fx-").errors().isEmpty());
    }

    @Test
    void everyLookUpIsDefined() throws IOException {
        Set<String> defined = new HashSet<>(tokens(Theme.NIGHT).keySet());
        Sheet modena = Sheet.read("/com/sun/javafx/scene/control/skin/modena/modena.css");
        modena.declarations().forEach(d -> defined.add(d.property()));
        List<Sheet> sheets = new ArrayList<>();
        for (String name : MAPPINGS) {
            sheets.add(Sheet.theme(name));
        }
        List<String> missing = new ArrayList<>();
        int seen = 0;
        for (Sheet sheet : sheets) {
            for (Sheet.Written written : sheet.declarations()) {
                Matcher m = LOOK_UP.matcher(written.value());
                while (m.find()) {
                    seen++;
                    if (!defined.contains(m.group())) {
                        missing.add(sheet.name() + ": " + m.group());
                    }
                }
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(seen > 100, "looked up " + seen);
    }

    @Test
    void noLiteralColourOutsideTokens() throws IOException {
        for (String name : MAPPINGS) {
            for (Sheet.Written written : Sheet.theme(name).declarations()) {
                if (!written.property().equals("-fx-font-smoothing-type")) {
                    assertNull(Sheet.literalColour(written.value()), name + ": " + written);
                }
            }
        }
        assertNotNull(Sheet.literalColour("-lc-line, #fff"));
        assertNotNull(Sheet.literalColour("derive(white, 10%)"));
        assertNotNull(Sheet.literalColour("rgba(1, 2, 3, 0.5)"));
    }

    @ParameterizedTest
    @CsvSource({"NIGHT,4.5", "DAY,4.5", "CONTRAST,7.0"})
    void wordsAreReadable(Theme theme, double ratio) throws IOException {
        Map<String, Color> tokens = tokens(theme);
        for (String words : List.of("-lc-text", "-lc-text-strong", "-lc-text-dim")) {
            for (String surface : SURFACES) {
                double contrast = ColourScience.contrast(token(tokens, words), token(tokens, surface));
                assertTrue(contrast >= ratio, theme + " " + words + " on " + surface + ": " + contrast);
            }
        }
        for (int p = 1; p <= 4; p++) {
            double contrast = ColourScience.contrast(token(tokens, "-lc-on-p" + p), token(tokens, "-lc-p" + p));
            assertTrue(contrast >= 4.5, theme + " number on P" + p + ": " + contrast);
        }
    }

    @ParameterizedTest
    @CsvSource({"NIGHT,17", "DAY,21", "CONTRAST,21"})
    void prioritiesDifferForEveryEye(Theme theme, double least) throws IOException {
        Map<String, Color> tokens = tokens(theme);
        List<String> names = List.of("-lc-p1", "-lc-p2", "-lc-p3", "-lc-p4", "-lc-ink");
        for (ColourScience.Vision vision : ColourScience.Vision.values()) {
            for (int i = 0; i < names.size(); i++) {
                for (int j = i + 1; j < names.size(); j++) {
                    double distance =
                            ColourScience.distance(token(tokens, names.get(i)), token(tokens, names.get(j)), vision);
                    assertTrue(
                            distance >= least,
                            theme + " " + vision + " " + names.get(i) + " and " + names.get(j) + ": " + distance);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void priorityColoursAreUsedNowhereElse(Theme theme) throws IOException {
        Map<String, Color> tokens = tokens(theme);
        for (int p = 1; p <= 4; p++) {
            Color priority = token(tokens, "-lc-p" + p);
            String own = "-lc-p" + p;
            tokens.forEach((name, colour) ->
                    assertTrue(name.equals(own) || !colour.equals(priority), name + " has the colour of " + own));
        }
        for (Sheet.Written written : Sheet.theme("modena.css").declarations()) {
            assertTrue(!written.value().matches(".*-lc-(on-)?p[1-4]\\b.*"), written.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void surfacesAndWordsAreNearGrey(Theme theme) throws IOException {
        tokens(theme).forEach((name, colour) -> {
            if (!name.matches("-lc-p[1-4]")) {
                double spread = Math.max(colour.getRed(), Math.max(colour.getGreen(), colour.getBlue()))
                        - Math.min(colour.getRed(), Math.min(colour.getGreen(), colour.getBlue()));
                assertTrue(spread <= 0.085, theme + " " + name + " is coloured: " + colour);
            }
        });
    }

    /// Three pairs of the test data published with the formula by Sharma, Wu and Dalal.
    @ParameterizedTest
    @CsvSource({
        "50,2.6772,-79.7751,50,0,-82.7485,2.0425",
        "50,2.5,0,73,25,-18,27.1492",
        "2.0776,0.0795,-1.1350,0.9033,-0.0636,-0.5514,0.9082"
    })
    void colourDifferenceIsThePublishedOne(
            double l1, double a1, double b1, double l2, double a2, double b2, double expected) {
        assertEquals(expected, ColourScience.deltaE2000(new double[] {l1, a1, b1}, new double[] {l2, a2, b2}), 0.0001);
    }
}
