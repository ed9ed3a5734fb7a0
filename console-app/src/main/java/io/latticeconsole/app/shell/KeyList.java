package io.latticeconsole.app.shell;

import io.latticeconsole.app.control.LevelGlyph;
import io.latticeconsole.app.control.SeverityMark;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.Words;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// All keys and how to read the map, over the window until `?` or Esc.
final class KeyList extends VBox {
    /// Keys that panes handle themselves while they have the keyboard, in the order shown, with their words at
    /// `keys.<id>`.
    private static final Map<Command.Group, List<String>> IN_PANES = Map.of(
            Command.Group.MAP, List.of("arrows", "enter", "escape"),
            Command.Group.PLAN, List.of("arm", "start", "disarm"));

    private final Commands commands;
    private final List<Node> legend;
    private @Nullable Node before;

    KeyList(Commands commands, List<Node> legend) {
        this.commands = commands;
        this.legend = legend;
        setId("keys");
        getStyleClass().add("key-list");
        setMaxSize(1180, Region.USE_PREF_SIZE);
        setVisible(false);
        setFocusTraversable(true);
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    private void fill() {
        HBox columns = new HBox(
                28,
                keys(commands, Command.Group.FIND),
                keys(commands, Command.Group.MAP),
                new VBox(14, keys(commands, Command.Group.PLAN), keys(commands, Command.Group.EXERCISE)),
                keys(commands, Command.Group.WINDOW));
        VBox all = new VBox(16, columns, levelLine(), marks());
        all.getChildren().addAll(legend);
        ScrollPane scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        getChildren().addAll(Styles.with(new Label(Words.of("keys.title")), Styles.TITLE), scroll);
    }

    private static GridPane keys(Commands commands, Command.Group group) {
        GridPane grid = grid(group);
        int row = 1;
        for (Command command : commands.all()) {
            if (command.group() == group && !command.keys().isEmpty()) {
                row(grid, row++, command.keys(), command.title());
            }
        }
        for (String id : IN_PANES.getOrDefault(group, List.of())) {
            row(grid, row++, Words.of("keys." + id), Words.of("keys." + id + ".does"));
        }
        return grid;
    }

    private static GridPane grid(Command.Group group) {
        GridPane grid = new GridPane(10, 5);
        grid.add(Styles.with(new Label(Words.of("group", group)), Styles.SECTION_HEADING), 0, 0, 2, 1);
        return grid;
    }

    private static void row(GridPane grid, int row, String keys, String does) {
        Label cap = Styles.with(new Label(keys), Styles.KEY_CAP);
        cap.setMinWidth(Region.USE_PREF_SIZE);
        Label what = new Label(does);
        what.setMinWidth(Region.USE_PREF_SIZE);
        grid.addRow(row, cap, what);
    }

    private static Node levelLine() {
        VBox healthy = glyph(new double[] {0.5, 0.47, 0.52, 0.5}, 3, "legend.healthy");
        VBox above = glyph(new double[] {0.52, 0.86, 0.6, 0.5}, 3, "legend.above");
        VBox below = glyph(new double[] {0.12, 0.4, 0.36, 0.5}, 4, "legend.below");
        Label text = new Label(Words.of("legend.levels"));
        text.setWrapText(true);
        text.setMaxWidth(420);
        HBox line = new HBox(24, healthy, above, below, text);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private static VBox glyph(double[] levels, int priority, String words) {
        VBox box = new VBox(4, new LevelGlyph(levels, priority), Styles.with(new Label(Words.of(words)), Styles.SMALL));
        box.setAlignment(Pos.CENTER);
        return box;
    }

    private static Node marks() {
        FlowPane marks = new FlowPane(22, 6);
        for (int p = 1; p <= 4; p++) {
            HBox one = new HBox(6, new SeverityMark(p), new Label(Words.of("priority." + p)));
            one.setAlignment(Pos.CENTER_LEFT);
            marks.getChildren().add(one);
        }
        return marks;
    }

    void toggle() {
        if (isVisible()) {
            close();
        } else if (getScene() != null) {
            if (getChildren().isEmpty()) {
                fill();
            }
            before = getScene().getFocusOwner();
            setVisible(true);
            requestFocus();
        }
    }

    private void close() {
        setVisible(false);
        if (before != null) {
            before.requestFocus();
        }
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            close();
            event.consume();
        }
    }
}
