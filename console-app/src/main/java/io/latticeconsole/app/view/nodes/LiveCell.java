package io.latticeconsole.app.view.nodes;

import io.latticeconsole.app.control.SeverityMark;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.value.ObservableLongValue;
import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;

/// A cell that reads its row again at every tick and changes only if the text did: the few visible cells
/// listen, not the thousands of rows.
final class LiveCell<T> extends TableCell<NodeRow, T> {
    private static final PseudoClass OLD = PseudoClass.getPseudoClass("old");
    private final Consumer<NodeRow> show;
    private final InvalidationListener ticked = _ -> read();

    LiveCell(ObservableLongValue tick, NodeColumn column) {
        show = row -> {
            String text = column.text(row);
            if (!text.equals(getText())) {
                setText(text);
            }
            pseudoClassStateChanged(OLD, column.isNumeric() && row.condition().isOld());
        };
        tick.addListener(new WeakInvalidationListener(ticked));
    }

    LiveCell(ObservableLongValue tick, SeverityMark mark) {
        setGraphic(mark);
        mark.setVisible(false);
        show = row -> mark.setPriority(row.priority());
        tick.addListener(new WeakInvalidationListener(ticked));
    }

    @Override
    protected void updateItem(T item, boolean empty) {
        super.updateItem(item, empty);
        read();
    }

    private void read() {
        NodeRow row = getTableRow() == null ? null : getTableRow().getItem();
        if (row != null) {
            show.accept(row);
        } else {
            setText(null);
            if (getGraphic() instanceof SeverityMark mark) {
                mark.setPriority(0);
            }
        }
    }
}
