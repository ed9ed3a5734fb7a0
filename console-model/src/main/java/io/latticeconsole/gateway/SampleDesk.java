package io.latticeconsole.gateway;

import io.latticeconsole.lattice.Band;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.operation.ReplicaReading;
import io.latticeconsole.plan.NodeLoad;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleBatch;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a gateway's samples each second, from what its nodes reported and its ingress observed.
final class SampleDesk {
    /// A node that has not been heard for so long has no readings.
    private static final long FRESH_NANOS = 2_000_000_000L;

    private final Surroundings surroundings;
    private final OwnNodes nodes;
    private final Ingress ingress;
    private final int region;
    private final String epoch;
    private List<FlowSample> flows = List.of();

    SampleDesk(Surroundings surroundings, OwnNodes nodes, Ingress ingress, int region, String epoch) {
        this.surroundings = surroundings;
        this.nodes = nodes;
        this.ingress = ingress;
        this.region = region;
        this.epoch = epoch;
    }

    List<FlowSample> flows() {
        return flows;
    }

    /// Columns of all own nodes now; closes the second of the ingress's windows.
    @SuppressWarnings("EnumOrdinal") // columns of a batch are by the metric's ordinal
    SampleBatch batch() {
        int[] indexes = nodes.all().stream().mapToInt(own -> own.index).toArray();
        int n = indexes.length;
        Metric[] metrics = Metric.values();
        float[][] columns = new float[metrics.length][n];
        float[] low = new float[4 * n];
        float[] high = new float[4 * n];
        for (int i = 0; i < n; i++) {
            OwnNode node = nodes.all().get(i);
            Expectation.update(surroundings.world(), node, 1);
            for (Metric metric : metrics) {
                columns[metric.ordinal()][i] = (float) value(node, metric);
            }
            band(low, high, 4 * i, node.bands.utilization());
            band(low, high, 4 * i + 1, node.bands.temperature());
            band(low, high, 4 * i + 2, node.bands.power());
            band(low, high, 4 * i + 3, node.bands.latency());
        }
        double weight = surroundings.requestWeight();
        flows = ingress.flows.flows(region, weight, 1);
        return new SampleBatch(
                epoch,
                surroundings.instant(surroundings.now()),
                surroundings.wallTime(),
                0,
                indexes,
                columns,
                low,
                high,
                flows,
                ingress.flows.models(weight, 1),
                ingress.ledger.totals(weight));
    }

    private static void band(float[] low, float[] high, int at, Band band) {
        low[at] = (float) band.low();
        high[at] = (float) band.high();
    }

    /// A report that still holds: a node that is down has none, however lately it spoke.
    private @Nullable NodeReport current(OwnNode node) {
        boolean holds = node.health != Health.DOWN && surroundings.now() - node.lastHeard <= FRESH_NANOS;
        return holds ? node.report : null;
    }

    private double value(OwnNode node, Metric metric) {
        NodeReport r = current(node);
        if (r == null) {
            return Double.NaN;
        }
        return switch (metric) {
            case UTILIZATION -> r.utilization();
            case TEMPERATURE_CELSIUS -> r.temperature();
            case POWER_WATTS -> r.power();
            case TTFT_P95_MS -> r.ttftP95();
            case E2E_P95_MS -> r.e2eP95();
            case REQUESTS_PER_SECOND -> r.requestsPerSecond();
            case TOKENS_PER_SECOND -> r.tokensPerSecond();
            case QUEUE_DEPTH -> queued(r);
            case IN_FLIGHT -> running(r);
            case KV_CACHE_USAGE -> kv(r);
            case ERROR_RATIO -> r.errorRatio();
            case LATENCY_MS -> r.latencyP95();
        };
    }

    private static double queued(NodeReport r) {
        double sum = 0;
        for (NodeReport.Replica replica : r.replicas()) {
            sum += replica.queued();
        }
        return sum;
    }

    private static double running(NodeReport r) {
        double sum = 0;
        for (NodeReport.Replica replica : r.replicas()) {
            sum += replica.batch();
        }
        return sum;
    }

    private static double kv(NodeReport r) {
        double sum = 0;
        for (NodeReport.Replica replica : r.replicas()) {
            sum += replica.kvUsage();
        }
        return r.replicas().length == 0 ? 0 : sum / r.replicas().length;
    }

    /// What planners elsewhere want to know.
    GatewayMessage.Traffic traffic() {
        List<NodeId> ids = new ArrayList<>();
        List<NodeLoad> loads = new ArrayList<>();
        for (OwnNode node : nodes.all()) {
            ids.add(node.id());
            loads.add(load(node));
        }
        return new GatewayMessage.Traffic(region, ids, loads, flows);
    }

    private Map<String, ReplicaReading> replicas(OwnNode node) {
        NodeReport r = current(node);
        if (r == null) {
            return Map.of();
        }
        Map<String, ReplicaReading> readings = new HashMap<>();
        for (NodeReport.Replica replica : r.replicas()) {
            readings.put(replica.code(), new ReplicaReading(replica.ended(), replica.failed(), replica.ttftP95()));
        }
        return readings;
    }

    private NodeLoad load(OwnNode node) {
        return new NodeLoad(
                new Ratio(value(node, Metric.UTILIZATION)),
                new Watts(value(node, Metric.POWER_WATTS)),
                new Millis(value(node, Metric.TTFT_P95_MS)),
                new PerSecond(value(node, Metric.REQUESTS_PER_SECOND)),
                new PerSecond(value(node, Metric.TOKENS_PER_SECOND)),
                value(node, Metric.QUEUE_DEPTH),
                value(node, Metric.IN_FLIGHT),
                new Ratio(value(node, Metric.KV_CACHE_USAGE)),
                replicas(node));
    }
}
