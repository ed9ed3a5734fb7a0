package io.latticeconsole.app.shell;

import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.Words;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Left rail, centre over lower pane, right rail; each but the centre can be hidden and keeps its size in pixels.
final class Panes extends SplitPane {
    private final ScrollPane left;
    private final SplitPane middle = new SplitPane();
    private final StackPane right = Styles.with(new StackPane(), Styles.RAIL, "rail-right");
    private final TabPane lower = Styles.with(new TabPane(), "lower-pane");
    private final StackPane centre;
    private final StackPane middleStack;
    private final boolean hasRight;
    private WindowLayout layout;
    private boolean wall;
    private double placedLeft;
    private double placedRight;
    private double placedLower;

    Panes(Contents contents, StackPane centre, NoticeBands notices, WindowLayout layout) {
        this.centre = centre;
        this.layout = layout;
        left = rail(contents);
        right.getChildren().addAll(contents.right());
        right.setMinWidth(260);
        hasRight = !contents.right().isEmpty();
        centre.setMinSize(320, 160);
        centre.getStyleClass().add("centre");
        lower.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        lower.setMinHeight(100);
        lower.setId("lower");
        contents.lower().forEach(t -> lower.getTabs().add(tab(t)));
        middle.setOrientation(Orientation.VERTICAL);
        middleStack = new StackPane(middle, notices);
        StackPane.setAlignment(notices, Pos.BOTTOM_CENTER);
        SplitPane.setResizableWithParent(left, false);
        SplitPane.setResizableWithParent(right, false);
        SplitPane.setResizableWithParent(lower, false);
        arrange();
        widthProperty().addListener((_, before, _) -> placeIf(before.doubleValue() == 0));
        middle.heightProperty().addListener((_, before, _) -> placeIf(before.doubleValue() == 0));
    }

    private static ScrollPane rail(Contents contents) {
        VBox rail = Styles.with(new VBox(16, contents.search(), contents.regions(), contents.models()), Styles.RAIL);
        rail.setFillWidth(true);
        ScrollPane scroll = new ScrollPane(rail);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        scroll.setMinWidth(180);
        scroll.setId("left");
        return scroll;
    }

    private static Tab tab(Contents.LowerTab from) {
        Tab tab = new Tab();
        tab.setId(from.id());
        tab.textProperty().bind(from.title());
        VBox.setVgrow(from.content(), Priority.ALWAYS);
        tab.setContent(from.content());
        return tab;
    }

    void show(WindowLayout next) {
        layout = next;
        arrange();
        place();
    }

    /// Centre alone, without forgetting what is shown otherwise.
    void setWall(boolean on) {
        wall = on;
        arrange();
        place();
    }

    /// The layout with the sizes that the operator has dragged the panes to, measured at the dividers and told for
    /// usual
    /// text.
    WindowLayout layoutNow() {
        if (getWidth() <= 0 || middle.getHeight() <= 0) {
            return layout;
        }
        double[] at = getDividerPositions();
        return layout.withSizes(
                getItems().contains(left)
                        ? size(at[0], placedLeft, getWidth(), layout.leftWidth())
                        : layout.leftWidth(),
                getItems().contains(right)
                        ? size(1 - at[at.length - 1], placedRight, getWidth(), layout.rightWidth())
                        : layout.rightWidth(),
                middle.getItems().contains(lower)
                        ? size(
                                1 - middle.getDividerPositions()[0],
                                placedLower,
                                middle.getHeight(),
                                layout.lowerHeight())
                        : layout.lowerHeight());
    }

    /// What was remembered, unless the divider is no longer where it was put.
    private double size(double share, double placed, double whole, double remembered) {
        double pixels = share * whole;
        return Math.abs(pixels - placed) < 6 ? remembered : pixels / layout.textScale();
    }

    void selectTab(String id) {
        lower.getTabs().stream()
                .filter(t -> id.equals(t.getId()))
                .findFirst()
                .ifPresent(t -> lower.getSelectionModel().select(t));
    }

    /// The tab that shows, empty if there are none.
    String selectedTab() {
        Tab tab = lower.getSelectionModel().getSelectedItem();
        return tab == null || tab.getId() == null ? "" : tab.getId();
    }

    private void arrange() {
        List<Node> columns = new ArrayList<>();
        List<Node> rows = new ArrayList<>(List.of(centre));
        if (layout.leftShown() && !wall) {
            columns.add(left);
        }
        columns.add(middleStack);
        if (layout.rightShown() && hasRight && !wall) {
            columns.add(right);
        }
        if (layout.lowerShown() && !lower.getTabs().isEmpty() && !wall) {
            rows.add(lower);
        }
        if (!middle.getItems().equals(rows)) {
            middle.getItems().setAll(rows);
        }
        if (!getItems().equals(columns)) {
            getItems().setAll(columns);
        }
        left.setAccessibleText(Words.of("pane.left"));
        right.setAccessibleText(Words.of("pane.right"));
        lower.setAccessibleText(Words.of("pane.lower"));
    }

    private void placeIf(boolean first) {
        if (first) {
            place();
        }
    }

    /// Rails grow with the text, but leave the centre half of the window.
    private void place() {
        double width = Math.max(1, getWidth());
        double height = Math.max(1, middle.getHeight());
        double scale = layout.textScale();
        placedLeft = Math.min(0.22 * width, layout.leftWidth() * scale);
        placedRight = Math.min(0.34 * width, layout.rightWidth() * scale);
        placedLower = Math.min(0.5 * height, layout.lowerHeight() * scale);
        int divider = 0;
        if (getItems().contains(left)) {
            setDividerPosition(divider++, placedLeft / width);
        }
        if (getItems().contains(right)) {
            setDividerPosition(divider, 1 - placedRight / width);
        }
        if (middle.getItems().contains(lower)) {
            middle.setDividerPosition(0, 1 - placedLower / height);
        }
    }
}
