package io.latticeconsole.app.view.models;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.format.Steady;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LiveTraffic;
import io.latticeconsole.telemetry.ModelSummary;
import io.latticeconsole.unit.Millis;
import java.time.Instant;
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
    private final Map<ModelId, Steady> latencies = new HashMap<>();

    public ObservableList<ModelRow> rows() {
        return rows;
    }

    /// Takes the newest state and traffic.
    public void update(ConsoleState state, LiveTraffic traffic, Troubles troubles, Instant wallNow) {
        Map<ModelId, int[]> replicas = new HashMap<>();
        LatticeState lattice = state.lattice();
        lattice.replicas().values().forEach(here -> here.values().forEach(r -> count(replicas, r, lattice.answers(r))));
        List<ModelRow> now = state.lattice().models().values().stream()
                .sorted(Comparator.comparingDouble((Model m) -> -m.sizeBytes()).thenComparing(Model::id))
                .map(m -> row(
                        m,
                        replicas.getOrDefault(m.id(), new int[2]),
                        p95(m, traffic.models().get(m.id()), wallNow),
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

    /// Held still against noise.
    private Millis p95(Model model, @Nullable ModelSummary summary, Instant now) {
        Millis newest = summary == null
                ? Millis.NONE
                : summary.latency(model.objective().metric()).quantile(0.95);
        Steady steady = latencies.computeIfAbsent(model.id(), _ -> new Steady(0.08, 2));
        return new Millis(steady.follow(newest.value(), now.toEpochMilli()));
    }

    private static void count(Map<ModelId, int[]> replicas, Replica replica, boolean answers) {
        if (replica.state() != ReplicaState.UNLOADED) {
            int[] count = replicas.computeIfAbsent(replica.model(), _ -> new int[2]);
            count[0]++;
            count[1] += answers ? 1 : 0;
        }
    }

    private static ModelRow row(Model model, int[] replicas, Millis p95, Troubles troubles) {
        return new ModelRow(
                model.id(),
                model.displayName(),
                replicas[1],
                replicas[0],
                model.objective().metric(),
                p95,
                model.objective().p95Limit(),
                troubles.priority(model.id()));
    }
}
