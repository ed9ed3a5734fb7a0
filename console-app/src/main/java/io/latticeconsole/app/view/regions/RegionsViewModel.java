package io.latticeconsole.app.view.regions;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.format.Steady;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.unit.Ratio;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The regions from west to east. FX thread.
public final class RegionsViewModel {
    private final ObservableList<RegionRow> rows = FXCollections.observableArrayList();
    private final Map<RegionId, Steady> free = new HashMap<>();

    public ObservableList<RegionRow> rows() {
        return rows;
    }

    /// Takes the newest state; `flows` are those of ingresses that are heard.
    public void update(ConsoleState state, List<FlowSample> flows, Troubles troubles, Instant wallNow) {
        Map<RegionId, Ratio> headroom = Headroom.of(state.lattice(), flows);
        Map<RegionId, int[]> nodes = new HashMap<>();
        for (Node node : state.lattice().nodes().values()) {
            int[] count = nodes.computeIfAbsent(node.id().region(), _ -> new int[2]);
            count[0]++;
            count[1] += node.health() == Health.DOWN ? 1 : 0;
        }
        List<RegionRow> now = state.lattice().regions().values().stream()
                .sorted(Comparator.comparingDouble((Region r) -> r.ingress().longitudeDegrees()))
                .map(r -> row(
                        state, r, nodes.getOrDefault(r.id(), new int[2]), steady(r.id(), headroom, wallNow), troubles))
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

    private static RegionRow row(ConsoleState state, Region region, int[] nodes, Ratio headroom, Troubles troubles) {
        boolean reachable = state.isReachable(region.id());
        return new RegionRow(
                region.id(),
                region.displayName(),
                nodes[0],
                reachable ? nodes[1] : 0,
                reachable ? headroom : Ratio.NONE,
                troubles.within(region.id()),
                reachable);
    }

    /// Whole per cent, and held still against noise, so that the bar does not quiver.
    private Ratio steady(RegionId region, Map<RegionId, Ratio> headroom, Instant now) {
        double newest = headroom.getOrDefault(region, Ratio.NONE).value();
        double held = free.computeIfAbsent(region, _ -> new Steady(0, 0.02)).follow(newest, now.toEpochMilli());
        return new Ratio(Math.rint(held * 100) / 100);
    }
}
