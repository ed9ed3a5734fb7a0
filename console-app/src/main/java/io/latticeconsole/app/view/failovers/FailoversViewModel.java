package io.latticeconsole.app.view.failovers;

import io.latticeconsole.app.format.LatticeTime;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverId;
import io.latticeconsole.store.ConsoleState;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Failovers, latest loss first. FX thread only.
public final class FailoversViewModel {
    private final ObservableList<FailoverRow> rows = FXCollections.observableArrayList();
    private final Map<FailoverId, FailoverRow> byId = new HashMap<>();
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(PaneText.of("failovers.title"));
    private final ObjectProperty<@Nullable FailoverRow> chosen = new SimpleObjectProperty<>();

    public ObservableList<FailoverRow> rows() {
        return rows;
    }

    /// The tab's title with the number of failovers.
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    public ObjectProperty<@Nullable FailoverRow> chosenProperty() {
        return chosen;
    }

    /// Takes over what is known now.
    public void update(ConsoleState state, Instant wallNow) {
        Instant latticeNow = LatticeTime.now(state, wallNow);
        List<Failover> ordered = state.failovers().values().stream()
                .sorted(Comparator.comparing(Failover::loss).reversed().thenComparing(f -> f.id().name()))
                .toList();
        for (Failover f : ordered) {
            FailoverRow row = byId.get(f.id());
            if (row == null) {
                byId.put(f.id(), new FailoverRow(f, FailoverText.of(state.lattice(), f, latticeNow)));
            } else if (row.textProperty().get().open() || !f.equals(row.failover())) {
                row.show(f, FailoverText.of(state.lattice(), f, latticeNow));
            }
        }
        byId.keySet().retainAll(state.failovers().keySet());
        List<FailoverRow> wanted = ordered.stream().map(f -> byId.get(f.id())).collect(Collectors.toList());
        if (!rows.equals(wanted)) {
            FailoverRow kept = chosen.get();
            rows.setAll(wanted);
            chosen.set(kept != null && rows.contains(kept) ? kept : null);
        }
        int count = rows.size();
        title.set(count == 0 ? PaneText.of("failovers.title") : PaneText.of("failovers.titleCount", count + ""));
    }
}
