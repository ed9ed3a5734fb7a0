package io.latticeconsole.app.control;

import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.Words;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

/// An alarm priority as shape, number and colour together: octagon 1, triangle 2, diamond 3, circle 4. With
/// priority 0 it is invisible but keeps its place, so that nothing jumps when it appears.
public final class SeverityMark extends StackPane {
    private final Label number = Styles.with(new Label(), "severity-number");
    private int priority = -1;

    public SeverityMark() {
        this(0);
    }

    public SeverityMark(int priority) {
        getStyleClass().add("severity-mark");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(number);
        setPriority(priority);
    }

    /// @param priority 1 to 4, or 0 for none
    public void setPriority(int priority) {
        if (priority == this.priority) {
            return;
        }
        this.priority = priority;
        setVisible(priority > 0);
        number.setText(priority > 0 ? Integer.toString(priority) : "");
        setAccessibleText(priority > 0 ? Words.of("priority." + priority) : "");
        Styles.priority(this, priority);
    }

    public int priority() {
        return priority;
    }
}
