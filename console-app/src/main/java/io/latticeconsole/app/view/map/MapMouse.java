package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.layout.PickGrid;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/// What the mouse does on the map: click selects, double click enters, drag pans, wheel zooms, hover shows numbers.
final class MapMouse {
    private static final double ZOOM_STEP = 1.0025;
    /// A press that moves less than this is a click.
    private static final double CLICK_SLACK = 4;

    private final TopologyMap map;
    private double pressX;
    private double pressY;
    private double lastX;
    private double lastY;
    private boolean dragging;

    MapMouse(TopologyMap map) {
        this.map = map;
    }

    void install() {
        map.setOnMousePressed(this::pressed);
        map.setOnMouseDragged(this::dragged);
        map.setOnMouseReleased(this::released);
        map.setOnMouseMoved(e -> map.hover(map.pick(e.getX(), e.getY())));
        map.setOnMouseExited(_ -> map.hover(PickGrid.NOTHING));
        map.setOnScroll(this::scrolled);
    }

    private void pressed(MouseEvent e) {
        map.requestFocus();
        pressX = e.getX();
        pressY = e.getY();
        lastX = pressX;
        lastY = pressY;
        dragging = false;
    }

    private void dragged(MouseEvent e) {
        dragging |= Math.hypot(e.getX() - pressX, e.getY() - pressY) > CLICK_SLACK;
        if (dragging) {
            map.pan(e.getX() - lastX, e.getY() - lastY);
            lastX = e.getX();
            lastY = e.getY();
        }
        e.consume();
    }

    private void released(MouseEvent e) {
        if (dragging || e.getButton() != MouseButton.PRIMARY) {
            return;
        }
        int anchor = map.pick(e.getX(), e.getY());
        map.selectAnchor(anchor);
        if (e.getClickCount() == 2 && anchor != PickGrid.NOTHING) {
            map.activate(anchor);
        }
        e.consume();
    }

    private void scrolled(ScrollEvent e) {
        if (e.getDeltaY() != 0) {
            map.zoom(Math.pow(ZOOM_STEP, e.getDeltaY()), e.getX(), e.getY());
            e.consume();
        }
    }
}
