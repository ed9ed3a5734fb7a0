package io.latticeconsole.app.view.inspector;

import io.latticeconsole.app.control.Buttons;
import io.latticeconsole.app.control.SeverityMark;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.PaneText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The inspector of the right rail: shows the sheet of what is selected and changes only what differs, so that nothing
/// jumps while numbers move. The actions below always stay in sight.
public final class InspectorView extends BorderPane {
    private final InspectorViewModel model;
    private final Consumer<Sheet.Action> plan;
    private final Label title = Styles.with(new Label(), Styles.TITLE);
    private final SeverityMark mark = new SeverityMark();
    private final Label subtitle = Styles.with(new Label(), Styles.SUBTITLE);
    private final Label bannerText = new Label();
    private final HBox banner = Styles.with(new HBox(bannerText), Styles.BANNER);
    private final VBox readings = Styles.with(new VBox(), "readings");
    private final VBox sections = Styles.with(new VBox(), "sections");
    private final List<ReadingView> readingViews = new ArrayList<>();
    private final List<SectionView> sectionViews = new ArrayList<>();
    private final Buttons actions = new Buttons();
    private final VBox footer;
    private final VBox body;
    private final Label nothing = Styles.with(new Label(PaneText.of("inspector.nothing")), Styles.DIM);
    private @Nullable Sheet shown;

    /// @param plan opens the plan of an action for what is selected
    public InspectorView(InspectorViewModel model, Consumer<Sheet.Action> plan) {
        this.model = model;
        this.plan = plan;
        getStyleClass().add("inspector");
        setId("inspector");
        setMinHeight(0);
        title.setId("inspector-title");
        title.setMinWidth(0);
        bannerText.setId("inspector-banner");
        for (Label label : new Label[] {subtitle, bannerText, nothing}) {
            label.setWrapText(true);
        }
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox head = new HBox(8, title, mark);
        head.setAlignment(Pos.CENTER_LEFT);
        body = Styles.with(new VBox(head, subtitle, banner, readings, sections), "inspector-body");
        ScrollPane scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        setCenter(scroll);
        Label heading = Styles.with(new Label(PaneText.of("inspector.actions")), Styles.SECTION_HEADING);
        heading.setWrapText(true);
        footer = Styles.with(new VBox(6, heading, actions), "inspector-actions");
        setBottom(footer);
        model.sheetProperty().addListener((_, _, sheet) -> show(sheet));
        show(model.sheetProperty().get());
    }

    private void show(@Nullable Sheet sheet) {
        if (sheet == null) {
            body.getChildren().setAll(nothing);
            visible(footer, false);
        } else {
            if (shown == null) {
                body.getChildren().setAll(title.getParent(), subtitle, banner, readings, sections);
            }
            fill(sheet);
        }
        shown = sheet;
    }

    private void fill(Sheet sheet) {
        text(title, sheet.title());
        text(subtitle, sheet.subtitle());
        mark.setPriority(sheet.priority());
        text(bannerText, sheet.banner());
        Styles.priority(banner, sheet.priority());
        visible(banner, !sheet.banner().isEmpty());
        showReadings(sheet.readings());
        showSections(sheet.sections());
        if (shown == null || !shown.actions().equals(sheet.actions())) {
            showActions(sheet);
        }
        setAccessibleText(sheet.title() + ", " + sheet.subtitle() + ", " + sheet.banner());
    }

    private void showReadings(List<Reading> wanted) {
        while (readingViews.size() < wanted.size()) {
            ReadingView view = new ReadingView();
            readingViews.add(view);
            readings.getChildren().add(view);
        }
        for (int i = 0; i < readingViews.size(); i++) {
            boolean used = i < wanted.size();
            visible(readingViews.get(i), used);
            if (used) {
                readingViews.get(i).show(wanted.get(i));
            }
        }
        visible(readings, !wanted.isEmpty());
    }

    private void showSections(List<Section> wanted) {
        while (sectionViews.size() > wanted.size()) {
            sections.getChildren().remove(sectionViews.removeLast());
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (i == sectionViews.size()) {
                SectionView view = new SectionView(model::go);
                sectionViews.add(view);
                sections.getChildren().add(view);
            }
            sectionViews.get(i).show(wanted.get(i));
        }
    }

    private void showActions(Sheet sheet) {
        actions.show(Arrays.stream(Sheet.Action.values())
                .filter(sheet.actions()::contains)
                .map(this::button)
                .toArray(Button[]::new));
        visible(footer, !sheet.actions().isEmpty());
    }

    private Button button(Sheet.Action action) {
        Label key = Styles.with(new Label(PaneText.of("inspector.key", action)), Styles.KEY_HINT);
        Button button = Styles.with(new Button(PaneText.of("inspector.action", action), key), "action-button");
        button.setContentDisplay(ContentDisplay.RIGHT);
        button.setId("action-" + action.name());
        button.setOnAction(_ -> plan.accept(action));
        return button;
    }

    private static void text(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
        }
    }

    static void visible(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }
}
