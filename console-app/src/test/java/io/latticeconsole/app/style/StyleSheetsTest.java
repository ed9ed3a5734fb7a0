package io.latticeconsole.app.style;

import static org.junit.jupiter.api.Assertions.assertEquals;

import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;

class StyleSheetsTest extends ApplicationTest {
    private static double width(String words, Font font) {
        Text text = new Text(words);
        text.setFont(font);
        return text.getLayoutBounds().getWidth();
    }

    @Test
    void theConsoleBringsItsFontAndEveryDigitIsAsWideAsTheOthers() {
        interact(() -> {
            Label usual = new Label("12");
            Label bold = Styles.with(new Label("12"), Styles.STRONG);
            Scene scene = new Scene(new VBox(usual, bold));
            StyleSheets.apply(scene, Theme.NIGHT, 1);
            scene.getRoot().applyCss();
            assertEquals("IBM Plex Sans Regular", usual.getFont().getName());
            assertEquals("IBM Plex Sans Bold", bold.getFont().getName());
            for (Font font : new Font[] {usual.getFont(), bold.getFont()}) {
                for (char digit = '1'; digit <= '9'; digit++) {
                    assertEquals(width("0000", font), width((digit + "").repeat(4), font), 0.001, digit + "");
                }
            }
        });
    }

    @Test
    void tellsTheTextScaleOfAScene() {
        interact(() -> {
            Label label = new Label();
            var scale = StyleSheets.textScale(label);
            assertEquals(1.0, scale.getValue());
            Scene scene = new Scene(new VBox(label));
            StyleSheets.apply(scene, Theme.DAY, 1.5);
            assertEquals(1.5, scale.getValue());
        });
    }
}
