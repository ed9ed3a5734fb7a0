package io.latticeconsole.app.shell;

import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.Words;
import java.util.ArrayList;
import java.util.EnumSet;
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
    /// The columns beside the centre.
    enum Rail {
        LEFT,
        RIGHT
    }

    private final ScrollPane left;
    private final SplitPane middle = new SplitPane();
    private final StackPane right = Styles.with(new StackPane(), Styles.RAIL, "rail-right");
    private final TabPane lower = Styles.with(new TabPane(), "lower-pane");
    /// What the centre needs in pixels of usual text before both rails may stand beside it.
    private static final double CENTRE_NEEDS = 400;

    private final StackPane centre;
    private final StackPane middleStack;
    private final boolean hasRight;
    private WindowLayout layout;
    private boolean wall;
    private Rail wanted = Rail.RIGHT;
    private boolean asked;
    private double placedLeft;
    private double placedRight;
    private double placedLower;

    Panes(Contents contents, StackPane centre, NoticeBands notices, WindowLayout layout) {
        this.centre = centre;
        this.layout = layout;
        left = rail(contents);
        right.getChildren().addAll(contents.right());
        right.setMinSize(260, 0);
        setMinSize(0, 0);
        left.setMinHeight(0);
        lower.setMinWidth(0);
        notices.setMinWidth(0);
        hasRight = !contents.right().isEmpty();
        centre.setMinSize(320, 160);
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
        widthProperty().addListener((_, before, _) -> {
            boolean changed = arrange();
            placeIf(before.doubleValue() == 0 || changed);
        });
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
        // What nobody has looked at is neither styled nor laid out: half of the window's start-up.
        tab.selectedProperty().subscribe(selected -> {
            if (selected && tab.getContent() == null) {
                tab.setContent(from.content());
            }
        });
        return tab;
    }

    /// The rails that the layout shows but that give way to the centre now.
    EnumSet<Rail> givenWay() {
        EnumSet<Rail> rails = EnumSet.noneOf(Rail.class);
        if (layout.leftShown() && !wall && !getItems().contains(left)) {
            rails.add(Rail.LEFT);
        }
        if (layout.rightShown() && hasRight && !wall && !getItems().contains(right)) {
            rails.add(Rail.RIGHT);
        }
        return rails;
    }

    /// Shows a rail that gave way, at the cost of the other.
    void want(Rail rail) {
        wanted = rail;
        asked = true;
        arrange();
        place();
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

    /// The layout with the sizes that the operator has dragged the panes to, measured at the dividers and told
    /// for usual text.
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

    /// Whether other rails show than before.
    private boolean arrange() {
        List<Node> columns = new ArrayList<>();
        List<Node> rows = new ArrayList<>(List.of(centre));
        if (layout.leftShown() && !wall && hasRoom(Rail.LEFT)) {
            columns.add(left);
        }
        columns.add(middleStack);
        if (layout.rightShown() && hasRight && !wall && hasRoom(Rail.RIGHT)) {
            columns.add(right);
        }
        if (layout.lowerShown() && !lower.getTabs().isEmpty() && !wall) {
            rows.add(lower);
        }
        if (!middle.getItems().equals(rows)) {
            middle.getItems().setAll(rows);
        }
        boolean changed = !getItems().equals(columns);
        if (changed) {
            getItems().setAll(columns);
        }
        left.setAccessibleText(Words.of("pane.left"));
        right.setAccessibleText(Words.of("pane.right"));
        lower.setAccessibleText(Words.of("pane.lower"));
        return changed;
    }

    /// A narrow centre takes the room of the rail that was not wanted last, then of the other unless it was asked for.
    private boolean hasRoom(Rail rail) {
        double room = getWidth() - CENTRE_NEEDS * layout.textScale();
        if (getWidth() <= 0 || (rail == wanted && asked)) {
            return true;
        }
        double both = width(Rail.LEFT) + width(Rail.RIGHT);
        boolean otherShown = rail == Rail.LEFT ? layout.rightShown() && hasRight : layout.leftShown();
        return room >= (rail != wanted && otherShown ? both : width(rail));
    }

    /// Rails grow with the text up to a share of the window.
    private double width(Rail rail) {
        return switch (rail) {
            case LEFT -> Math.max(180, Math.min(0.22 * getWidth(), layout.leftWidth() * layout.textScale()));
            case RIGHT -> Math.max(260, Math.min(0.34 * getWidth(), layout.rightWidth() * layout.textScale()));
        };
    }

    private void placeIf(boolean first) {
        if (first) {
            place();
        }
    }

    private void place() {
        double width = Math.max(1, getWidth());
        double height = Math.max(1, middle.getHeight());
        double scale = layout.textScale();
        placedLeft = width(Rail.LEFT);
        placedRight = width(Rail.RIGHT);
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
