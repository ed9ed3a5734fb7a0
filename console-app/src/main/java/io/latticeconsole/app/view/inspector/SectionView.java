package io.latticeconsole.app.view.inspector;

import io.latticeconsole.app.control.Card;
import io.latticeconsole.app.control.Pair;
import io.latticeconsole.app.control.PhaseBar;
import io.latticeconsole.app.control.SeverityMark;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.lattice.ResourceName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One section: rows are made anew only when their names change, else just told their values.
final class SectionView extends VBox {
    private final Consumer<ResourceName> go;
    private final Label heading = Styles.with(new Label(), Styles.SECTION_HEADING);
    private final Label note = Styles.with(new Label(), Styles.SECTION_NOTE);
    private final VBox rows = new VBox();
    private final List<Pair> pairs = new ArrayList<>();
    private final List<ItemLine> items = new ArrayList<>();
    private final PhaseBar phases = new PhaseBar();
    private @Nullable Section shown;

    SectionView(Consumer<ResourceName> go) {
        this.go = go;
        getStyleClass().add("section");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        heading.setMinWidth(0);
        note.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(new HBox(8, heading, gap, note), rows);
    }

    void show(Section section) {
        if (section.equals(shown)) {
            return;
        }
        heading.setText(section.heading());
        note.setText(section.note());
        switch (section) {
            case Section.Facts f -> {
                prepare(f.facts(), List.of(), false);
                tell(f.facts());
            }
            case Section.Steps s -> {
                prepare(s.facts(), List.of(), true);
                phases.show(s.steps());
                tell(s.facts());
            }
            case Section.Items i -> {
                prepare(List.of(), i.items(), false);
                for (int k = 0; k < items.size(); k++) {
                    items.get(k).show(i.items().get(k));
                }
            }
        }
        shown = section;
    }

    private void tell(List<Section.Fact> facts) {
        for (int k = 0; k < pairs.size(); k++) {
            pairs.get(k).show(facts.get(k).value());
        }
    }

    /// Makes the rows anew if they do not fit what is to be shown.
    private void prepare(List<Section.Fact> facts, List<Section.Item> wanted, boolean steps) {
        List<String> names = new ArrayList<>(List.of(Boolean.toString(steps)));
        facts.forEach(f -> names.add(f.name()));
        wanted.forEach(i -> names.add(i.name() + i.target()));
        if (names.equals(rows.getUserData())) {
            return;
        }
        rows.setUserData(names);
        pairs.clear();
        items.clear();
        List<Node> made = new ArrayList<>();
        if (steps) {
            made.add(phases);
        }
        facts.forEach(f -> pairs.add(new Pair(f.name(), f.value())));
        wanted.forEach(i -> items.add(new ItemLine(i, go)));
        made.addAll(pairs);
        items.forEach(i -> made.add(i.node));
        rows.getChildren().setAll(made);
        rows.setSpacing(wanted.isEmpty() ? 0 : 4);
    }

    private static final class ItemLine {
        private final Label note = Styles.with(new Label(), Styles.CARD_NOTE);
        private final SeverityMark mark = new SeverityMark();
        private final Node node;

        ItemLine(Section.Item item, Consumer<ResourceName> go) {
            Label name = Styles.with(new Label(item.name()), Styles.CARD_NAME);
            note.setWrapText(true);
            VBox words = new VBox(name, note);
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            ResourceName target = item.target();
            if (target == null) {
                HBox plain = Styles.with(new HBox(10, words), Styles.CARD);
                plain.setAlignment(Pos.CENTER_LEFT);
                node = plain;
            } else {
                node = new Card(() -> go.accept(target), words, mark);
            }
        }

        void show(Section.Item item) {
            if (!item.note().equals(note.getText())) {
                note.setText(item.note());
            }
            mark.setPriority(item.priority());
        }
    }
}
