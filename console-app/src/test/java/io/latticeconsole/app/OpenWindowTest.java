package io.latticeconsole.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.geometry.Rectangle2D;
import javafx.scene.Group;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;

class OpenWindowTest extends ApplicationTest {
    private Rectangle2D placed(int width, int height, Rectangle2D room) {
        Rectangle2D[] placed = {Rectangle2D.EMPTY};
        interact(() -> {
            Stage stage = new Stage();
            stage.setScene(new Scene(new Group(), width, height));
            OpenWindow.fit(stage, room);
            stage.show();
            placed[0] = new Rectangle2D(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight());
            stage.close();
        });
        return placed[0];
    }

    @Test
    void aWindowLargerThanTheScreenFillsWhatPanelsLeaveOfIt() {
        Rectangle2D room = new Rectangle2D(0, 30, 900, 700);
        assertEquals(room, placed(1920, 1080, room));
    }

    @Test
    void aWindowThatWouldFitStaysWithinTheScreenToo() {
        Rectangle2D room = new Rectangle2D(0, 0, 1000, 1000);
        Rectangle2D placed = placed(700, 500, room);
        assertTrue(room.contains(placed), placed::toString);
        assertTrue(placed.getHeight() < room.getHeight(), placed::toString);
    }
}
