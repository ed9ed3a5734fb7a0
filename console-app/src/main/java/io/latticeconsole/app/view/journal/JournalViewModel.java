package io.latticeconsole.app.view.journal;

import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.SeenEvent;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Events of all gateways in the order of lattice time, oldest first, filtered by words and priority. FX thread only.
public final class JournalViewModel {
    private final ObservableList<JournalRow> rows = FXCollections.observableArrayList();
    private final JournalLines lines = new JournalLines();
    private final StringProperty filter = new SimpleStringProperty("");
    private final IntegerProperty leastPriority = new SimpleIntegerProperty(0);
    private final BooleanProperty following = new SimpleBooleanProperty(true);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(PaneText.of("journal.title"));
    private List<JournalRow> all = List.of();
    private Mark shown = new Mark(-1, null, 0);

    public JournalViewModel() {
        filter.addListener(_ -> refilter());
        leastPriority.addListener(_ -> refilter());
    }

    public ObservableList<JournalRow> rows() {
        return rows;
    }

    /// Words that a line has to contain.
    public StringProperty filterProperty() {
        return filter;
    }

    /// 1 to 4 shows that priority and louder ones, 0 everything.
    public IntegerProperty leastPriorityProperty() {
        return leastPriority;
    }

    /// Whether the newest line is kept in sight; scrolling back ends it, scrolling to the end begins it.
    public BooleanProperty followingProperty() {
        return following;
    }

    /// The tab's title with the number of events kept.
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// Takes over what is known now.
    public void update(ConsoleState state) {
        Mark mark = Mark.of(state);
        if (mark.equals(shown)) {
            return;
        }
        shown = mark;
        all = lines.of(state);
        int count = state.events().size();
        title.set(count == 0 ? PaneText.of("journal.title") : PaneText.of("journal.titleCount", count + ""));
        refilter();
    }

    private void refilter() {
        String words = filter.get().strip().toLowerCase(Locale.ROOT);
        int least = leastPriority.get();
        replace(all.stream()
                .filter(r -> r.gap() || least == 0 || (r.priority() > 0 && r.priority() <= least))
                .filter(r -> words.isEmpty() || r.gap() || r.contains(words))
                .toList());
    }

    /// Changes as little of the list as possible, so that selection and scroll position hold: lines leave at the front
    /// and come at the end as a rule.
    private void replace(List<JournalRow> wanted) {
        int drop = 0;
        int size = rows.size();
        while (drop < size && (wanted.isEmpty() || !rows.get(drop).equals(wanted.getFirst()))) {
            drop++;
        }
        int kept = size - drop;
        boolean continues =
                kept > 0 && kept <= wanted.size() && rows.subList(drop, size).equals(wanted.subList(0, kept));
        if (!continues) {
            if (!rows.equals(wanted)) {
                rows.setAll(wanted);
            }
            return;
        }
        if (drop > 0) {
            rows.remove(0, drop);
        }
        if (wanted.size() > kept) {
            rows.addAll(wanted.subList(kept, wanted.size()));
        }
    }

    /// What tells one state of the journal from the next without comparing every event.
    private record Mark(int size, @Nullable SeenEvent newest, long lost) {
        static Mark of(ConsoleState state) {
            int size = state.events().size();
            long lost = state.endpoints().values().stream()
                    .mapToLong(EndpointState::eventsLost)
                    .sum();
            return new Mark(size, size == 0 ? null : state.events().get(size - 1), lost);
        }
    }
}
