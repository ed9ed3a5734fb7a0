package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.layout.Arrangement;
import io.latticeconsole.app.view.map.layout.DetailLevel;
import io.latticeconsole.app.view.map.layout.PickGrid;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// What keys do while the map has the keyboard: `1`–`4` level, `0` whole lattice, `S` `G` arrangement, arrows nearest
/// in that direction,
/// `Enter` and `Esc` in and out, `F` drift, `+` `-` zoom.
final class MapKeys {
    private static final double ZOOM = 1.25;

    private final TopologyMap map;

    MapKeys(TopologyMap map) {
        this.map = map;
    }

    void install() {
        map.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (!e.isControlDown() && !e.isAltDown() && !e.isMetaDown() && pressed(e.getCode())) {
                e.consume();
            }
        });
    }

    private boolean pressed(KeyCode code) {
        return switch (code) {
            case DIGIT1, NUMPAD1 -> level(DetailLevel.WORLD);
            case DIGIT2, NUMPAD2 -> level(DetailLevel.REGION);
            case DIGIT3, NUMPAD3 -> level(DetailLevel.SITE);
            case DIGIT4, NUMPAD4 -> level(DetailLevel.NODE);
            case DIGIT0, NUMPAD0, HOME -> done(map::fit);
            case S -> done(() -> map.arrange(Arrangement.SCHEMATIC));
            case G -> done(() -> map.arrange(Arrangement.GEOGRAPHIC));
            case F -> done(() -> map.setDrift(!map.isDrift()));
            case PLUS, EQUALS, ADD -> done(() -> map.zoom(ZOOM, map.getWidth() / 2, map.getHeight() / 2));
            case MINUS, SUBTRACT -> done(() -> map.zoom(1 / ZOOM, map.getWidth() / 2, map.getHeight() / 2));
            case UP -> step(0, -1);
            case DOWN -> step(0, 1);
            case LEFT -> step(-1, 0);
            case RIGHT -> step(1, 0);
            case ENTER -> in();
            case ESCAPE -> out();
            default -> false;
        };
    }

    private boolean level(DetailLevel level) {
        return done(() -> map.goTo(level));
    }

    private static boolean done(Runnable action) {
        action.run();
        return true;
    }

    private boolean step(int dx, int dy) {
        return choose(Steps.towards(map.topology(), map.viewport().placement(), map.selectedAnchor(), dx, dy));
    }

    private boolean in() {
        int anchor = map.selectedAnchor();
        int next = Steps.in(map.topology(), anchor);
        if (anchor != PickGrid.NOTHING && map.topology().isNode(anchor)) {
            map.activate(anchor);
            return true;
        }
        choose(next);
        boolean collapsed = next != PickGrid.NOTHING
                && map.topology().isNode(next)
                && map.viewport()
                                .levels()
                                .of(map.topology().siteOf(map.topology().indexOf(next)))
                                .compareTo(DetailLevel.SITE)
                        < 0;
        if (collapsed) {
            map.goTo(DetailLevel.SITE);
        }
        return true;
    }

    private boolean out() {
        int anchor = map.selectedAnchor();
        if (anchor == PickGrid.NOTHING) {
            map.fit();
            return true;
        }
        map.selectAnchor(Steps.out(map.topology(), anchor));
        return true;
    }

    private boolean choose(int anchor) {
        if (anchor == PickGrid.NOTHING) {
            return false;
        }
        map.selectAnchor(anchor);
        map.reveal(anchor);
        return true;
    }
}
