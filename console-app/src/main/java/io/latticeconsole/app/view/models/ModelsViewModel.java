package io.latticeconsole.app.view.models;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LiveTraffic;
import io.latticeconsole.telemetry.ModelSummary;
import io.latticeconsole.unit.Millis;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The models, largest first. FX thread.
public final class ModelsViewModel {
    private final ObservableList<ModelRow> rows = FXCollections.observableArrayList();

    public ObservableList<ModelRow> rows() {
        return rows;
    }

    /// Takes the newest state and traffic.
    public void update(ConsoleState state, LiveTraffic traffic, Troubles troubles) {
        Map<ModelId, int[]> replicas = new HashMap<>();
        state.lattice().replicas().values().forEach(here -> here.values().forEach(r -> count(replicas, r)));
        List<ModelRow> now = state.lattice().models().values().stream()
                .sorted(Comparator.comparingDouble((Model m) -> -m.sizeBytes()).thenComparing(Model::id))
                .map(m -> row(
                        m,
                        replicas.getOrDefault(m.id(), new int[2]),
                        traffic.models().get(m.id()),
                        troubles))
                .toList();
        for (int i = 0; i < now.size() && i < rows.size(); i++) {
            if (!now.get(i).equals(rows.get(i))) {
                rows.set(i, now.get(i));
            }
        }
        if (now.size() != rows.size()) {
            rows.setAll(now);
        }
    }

    private static void count(Map<ModelId, int[]> replicas, Replica replica) {
        if (replica.state() != ReplicaState.UNLOADED) {
            int[] count = replicas.computeIfAbsent(replica.model(), _ -> new int[2]);
            count[0]++;
            count[1] += replica.state() == ReplicaState.READY ? 1 : 0;
        }
    }

    private static ModelRow row(Model model, int[] replicas, @Nullable ModelSummary summary, Troubles troubles) {
        ObjectiveMetric metric = model.objective().metric();
        Millis p95 = summary == null ? Millis.NONE : summary.latency(metric).quantile(0.95);
        return new ModelRow(
                model.id(),
                model.displayName(),
                replicas[1],
                replicas[0],
                metric,
                p95,
                model.objective().p95Limit(),
                troubles.priority(model.id()));
    }
}
