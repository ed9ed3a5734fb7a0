package io.latticeconsole.app.control;

import io.latticeconsole.app.style.Styles;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

/// A raised row of a rail that can be picked with mouse, Enter or Space. The keyboard reaches it with Tab, its
/// neighbours with Up and Down.
public final class Card extends HBox {
    private final Runnable action;

    public Card(Runnable action, Node... content) {
        super(10, content);
        this.action = action;
        getStyleClass().addAll(Styles.CARD, Styles.PICKABLE);
        setAlignment(Pos.CENTER_LEFT);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        setOnMouseClicked(_ -> {
            requestFocus();
            action.run();
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    public void setPicked(boolean picked) {
        pseudoClassStateChanged(Styles.SELECTED, picked);
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
            action.run();
            event.consume();
        } else if (event.getCode() == KeyCode.DOWN && step(1)) {
            event.consume();
        } else if (event.getCode() == KeyCode.UP && step(-1)) {
            event.consume();
        }
    }

    private boolean step(int by) {
        if (getParent() == null) {
            return false;
        }
        var siblings = getParent().getChildrenUnmodifiable();
        int next = siblings.indexOf(this) + by;
        if (next < 0 || next >= siblings.size() || !(siblings.get(next) instanceof Card card)) {
            return false;
        }
        card.requestFocus();
        return true;
    }
}
