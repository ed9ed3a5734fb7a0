package io.latticeconsole.app.view.regions;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.unit.Ratio;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The free share of ready accelerators, by region: each model's load is the requests that its flows bring to
/// the region over the capacity of its ready replicas there; models count by the accelerators they hold.
final class Headroom {
    private record Cell(RegionId region, ModelId model) {}

    private static final class Sum {
        private double requests;
        private double capacity;
        private double accelerators;
    }

    private Headroom() {}

    static Map<RegionId, Ratio> of(LatticeState lattice, List<FlowSample> flows) {
        Map<Cell, Sum> cells = new HashMap<>();
        for (Node node : lattice.nodes().values()) {
            if (node.health() != Health.DOWN && node.adminState() == AdminState.SERVING) {
                for (Replica replica : lattice.replicasOf(node.id())) {
                    if (replica.state() == ReplicaState.READY) {
                        Sum sum = cells.computeIfAbsent(new Cell(node.id().region(), replica.model()), _ -> new Sum());
                        sum.capacity += replica.capacity().value();
                        sum.accelerators += Math.max(1, replica.acceleratorCount());
                    }
                }
            }
        }
        for (FlowSample flow : flows) {
            Sum sum = cells.get(new Cell(flow.site().region(), flow.route().model()));
            if (sum != null && flow.requests().isPresent()) {
                sum.requests += flow.requests().value();
            }
        }
        Map<RegionId, double[]> regions = new HashMap<>();
        cells.forEach((cell, sum) -> {
            if (sum.capacity > 0) {
                double[] total = regions.computeIfAbsent(cell.region(), _ -> new double[2]);
                total[0] += sum.accelerators * Math.min(1, sum.requests / sum.capacity);
                total[1] += sum.accelerators;
            }
        });
        Map<RegionId, Ratio> headroom = new HashMap<>();
        regions.forEach((region, total) -> headroom.put(region, new Ratio(1 - total[0] / total[1])));
        return headroom;
    }
}
