package io.latticeconsole.app.view.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latticeconsole.app.style.StyleSheets;
import io.latticeconsole.app.style.Theme;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.image.PixelReader;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

class MapLegendTest extends ApplicationTest {
    private static final int CROSS = 0xF04259;

    private final ExecutorService raster = Executors.newSingleThreadExecutor();
    private final MapLegend legend = new MapLegend(raster);

    @Override
    public void start(Stage stage) {
        Scene scene = new Scene(legend, 1150, 120);
        StyleSheets.apply(scene, Theme.NIGHT, 1);
        stage.setScene(scene);
        stage.show();
    }

    @AfterEach
    void end() {
        raster.shutdown();
    }

    @Test
    void eachSignStandsAboveItsWords() throws Exception {
        assertEquals(7, lookup(".label").queryAllAs(Label.class).size());
        Label down = lookup("cross: down").queryAs(Label.class);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> crossed(down) > 20);
        Label fresh = lookup("solid edge: heard now").queryAs(Label.class);
        assertEquals(0, crossed(fresh));
    }

    private int crossed(Label below) {
        int[] count = {0};
        interact(() -> {
            PixelReader pixels = legend.getScene().snapshot(null).getPixelReader();
            double left = below.localToScene(0, 0).getX();
            double bottom = below.localToScene(0, 0).getY();
            for (int y = 0; y < bottom; y++) {
                for (int x = (int) left; x < left + below.getWidth(); x++) {
                    count[0] += (pixels.getArgb(x, y) & 0xFFFFFF) == CROSS ? 1 : 0;
                }
            }
        });
        return count[0];
    }
}
