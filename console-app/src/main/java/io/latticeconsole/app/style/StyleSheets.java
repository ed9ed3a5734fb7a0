package io.latticeconsole.app.style;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// The style sheets of a scene: a theme's tokens, the maps to them, the console's own, and the type scale.
public final class StyleSheets {
    private static final String FOLDER = "/io/latticeconsole/themes/";
    /// First family present wins; the last one always is.
    private static final List<String> FAMILIES =
            List.of("Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans");

    private static final double BASE_PIXELS = 13;

    private StyleSheets() {}

    /// Dresses a scene; again to change theme or scale while it shows.
    ///
    /// @param textScale 1.0 to 2.0
    public static void apply(Scene scene, Theme theme, double textScale) {
        List<String> sheets = List.of(
                tokens(theme),
                sheet("modena.css"),
                sheet("controlsfx.css"),
                sheet("console.css"),
                sheet("panes.css"),
                sheet("map.css"),
                type(Math.clamp(textScale, 1.0, 2.0)));
        if (!scene.getStylesheets().equals(sheets)) {
            scene.getStylesheets().setAll(sheets);
        }
    }

    /// The address of a theme's token sheet.
    public static String tokens(Theme theme) {
        return sheet("tokens/" + theme.name().toLowerCase(Locale.ROOT) + ".css");
    }

    private static String sheet(String name) {
        URL found = StyleSheets.class.getResource(FOLDER + name);
        if (found == null) {
            throw new MissingResourceException("no style sheet " + FOLDER + name, StyleSheets.class.getName(), name);
        }
        return found.toExternalForm();
    }

    /// A sheet with the family and size of ordinary text; every other size is relative to it.
    private static String type(double scale) {
        String family = FAMILIES.stream()
                .filter(Font.getFamilies()::contains)
                .findFirst()
                .orElse(Font.getDefault().getFamily());
        String css = String.format(
                Locale.ROOT, ".root { -fx-font-family: \"%s\"; -fx-font-size: %.2fpx; }", family, BASE_PIXELS * scale);
        byte[] bytes = css.getBytes(StandardCharsets.UTF_8);
        return "data:text/css;base64," + Base64.getEncoder().encodeToString(bytes);
    }
}
