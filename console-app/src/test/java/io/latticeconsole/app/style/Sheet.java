package io.latticeconsole.app.style;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.css.CssParser;
import javafx.css.Declaration;
import javafx.css.Rule;
import javafx.css.Stylesheet;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/// A style sheet of the class path, as text and as JavaFX's parser reads it, without a toolkit.
record Sheet(String name, String text, Stylesheet parsed, List<String> errors) {
    private static final Pattern DECLARATION = Pattern.compile("(-[a-z0-9-]+)\\s*:\\s*([^;{}]+);");

    static Sheet theme(String name) throws IOException {
        return read("/io/latticeconsole/themes/" + name);
    }

    static Sheet read(String path) throws IOException {
        try (InputStream in = Sheet.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("no style sheet " + path + " on the class path");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?s)/\\*.*?\\*/", "");
            return of(path, text);
        }
    }

    static Sheet of(String name, String text) {
        List<String> errors = new ArrayList<>();
        var problems = CssParser.errorsProperty();
        problems.clear();
        Stylesheet parsed = new CssParser().parse(text);
        problems.forEach(e -> errors.add(e.getMessage()));
        return new Sheet(name, text, parsed, errors);
    }

    /// Names and colours of the tokens that this sheet defines.
    Map<String, Color> colours() {
        Map<String, Color> colours = new LinkedHashMap<>();
        for (Rule rule : parsed.getRules()) {
            for (Declaration declaration : rule.getDeclarations()) {
                colours.put(declaration.getProperty(), colour(declaration));
            }
        }
        return colours;
    }

    private Color colour(Declaration declaration) {
        Object value = declaration.getParsedValue().convert(null);
        if (value instanceof Color colour) {
            return colour;
        }
        throw new AssertionError(name + ": " + declaration.getProperty() + " is no colour but " + value);
    }

    /// Every `property: value` of the sheet, as written.
    List<Written> declarations() {
        List<Written> found = new ArrayList<>();
        Matcher m = DECLARATION.matcher(text);
        while (m.find()) {
            found.add(new Written(m.group(1), m.group(2).strip()));
        }
        return found;
    }

    /// The first literal colour among the words of a value, null if there is none; `transparent` is none.
    static @Nullable String literalColour(String value) {
        for (String word : value.replaceAll("\"[^\"]*\"", " ").split("[\\s,()]+", -1)) {
            if (word.startsWith("#") || word.matches("rgba?|hsba?")) {
                return word;
            }
            if (word.matches("[a-zA-Z]+") && !word.equals("transparent") && isColourName(word)) {
                return word;
            }
        }
        return null;
    }

    private static boolean isColourName(String word) {
        try {
            Color.web(word);
            return true;
        } catch (IllegalArgumentException notAColour) {
            return false;
        }
    }

    record Written(String property, String value) {}
}
