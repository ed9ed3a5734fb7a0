package io.latticeconsole.app.style;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// The style sheets of a scene: a theme's tokens, the maps to them, the console's own, and the type scale.
public final class StyleSheets {
    private static final String FOLDER = "/io/latticeconsole/themes/";
    private static final List<String> FONTS = List.of("IBMPlexSans-Regular.ttf", "IBMPlexSans-Bold.ttf");
    private static final double BASE_PIXELS = 13;
    private static final String SCALE = "lattice-console.text-scale";

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
        scale(scene).set(Math.clamp(textScale, 1.0, 2.0));
    }

    /// The text scale of the scene that a node is in, 1 while it is in none: for what style sheets cannot size.
    public static ObservableValue<Double> textScale(Node node) {
        return node.sceneProperty().flatMap(StyleSheets::scale).orElse(1.0);
    }

    @SuppressWarnings("unchecked") // only this method puts something there
    private static ObjectProperty<Double> scale(Scene scene) {
        return (ObjectProperty<Double>)
                scene.getProperties().computeIfAbsent(SCALE, _ -> new SimpleObjectProperty<>(1.0));
    }

    /// The address of a theme's token sheet.
    public static String tokens(Theme theme) {
        return sheet("tokens/" + theme.name().toLowerCase(Locale.ROOT) + ".css");
    }

    private static String sheet(String name) {
        return resource(name).toExternalForm();
    }

    private static URL resource(String name) {
        URL found = StyleSheets.class.getResource(FOLDER + name);
        if (found == null) {
            throw new MissingResourceException("no resource " + FOLDER + name, StyleSheets.class.getName(), name);
        }
        return found;
    }

    /// A sheet with the family and size of ordinary text; every other size is relative to it.
    private static String type(double scale) {
        String css = String.format(
                Locale.ROOT,
                ".root { -fx-font-family: \"%s\"; -fx-font-size: %.2fpx; }",
                Family.NAME,
                BASE_PIXELS * scale);
        byte[] bytes = css.getBytes(StandardCharsets.UTF_8);
        return "data:text/css;base64," + Base64.getEncoder().encodeToString(bytes);
    }

    /// The console's own font, so that widths are the same everywhere and digits all as wide as each other; loaded when
    /// first asked for.
    private static final class Family {
        static final String NAME = load();

        private static String load() {
            String family = Font.getDefault().getFamily();
            for (String file : FONTS) {
                Font font = Font.loadFont(resource("fonts/" + file).toExternalForm(), BASE_PIXELS);
                family = font == null ? family : font.getFamily();
            }
            return family;
        }
    }
}
