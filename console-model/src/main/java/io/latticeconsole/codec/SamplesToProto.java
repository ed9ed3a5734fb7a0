package io.latticeconsole.codec;

import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.proto.v1.FlowSamples;
import io.latticeconsole.proto.v1.Samples;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.telemetry.LatencyHistogram;
import io.latticeconsole.telemetry.LedgerTotals;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.ModelSummary;
import io.latticeconsole.telemetry.SampleBatch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes sample batches as messages.
public final class SamplesToProto {
    private SamplesToProto() {}

    public static Samples samples(SampleBatch batch) {
        var message = Samples.newBuilder()
                .setEpoch(batch.epoch())
                .setLatticeTime(Times.timestamp(batch.latticeTime()))
                .setWallTime(Times.timestamp(batch.wallTime()))
                .setNodeTableRevision(batch.nodeTableRevision());
        for (int index : batch.nodeIndex()) {
            message.addNodeIndex(index);
        }
        for (Metric metric : Metric.values()) {
            column(message, metric, batch.columns()[metric.column()]);
        }
        for (float low : batch.expectedLow()) {
            message.addExpectedLow(low);
        }
        for (float high : batch.expectedHigh()) {
            message.addExpectedHigh(high);
        }
        if (!batch.flows().isEmpty()) {
            message.setFlows(flows(batch.flows()));
        }
        batch.models().forEach(model -> message.addModels(model(model)));
        if (batch.ledger() != null) {
            message.setLedger(ledger(batch.ledger()));
        }
        return message.build();
    }

    private static void column(Samples.Builder message, Metric metric, float[] values) {
        for (float v : values) {
            var _ = switch (metric) {
                case UTILIZATION -> message.addUtilization(v);
                case TEMPERATURE_CELSIUS -> message.addTemperatureCelsius(v);
                case POWER_WATTS -> message.addPowerWatts(v);
                case TTFT_P95_MS -> message.addTtftP95Ms(v);
                case E2E_P95_MS -> message.addE2EP95Ms(v);
                case REQUESTS_PER_SECOND -> message.addRequestsPerSecond(v);
                case TOKENS_PER_SECOND -> message.addTokensPerSecond(v);
                case QUEUE_DEPTH -> message.addQueueDepth(v);
                case IN_FLIGHT -> message.addInFlight(v);
                case KV_CACHE_USAGE -> message.addKvCacheUsage(v);
                case ERROR_RATIO -> message.addErrorRatio(v);
                case LATENCY_MS -> message.addLatencyMs(v);
            };
        }
    }

    private static FlowSamples flows(List<FlowSample> flows) {
        var message = FlowSamples.newBuilder();
        Map<RouteId, Integer> routes = new HashMap<>();
        Map<SiteId, Integer> sites = new HashMap<>();
        for (FlowSample flow : flows) {
            message.addRouteIndex(routes.computeIfAbsent(flow.route(), route -> {
                message.addRoute(route.name());
                return message.getRouteCount() - 1;
            }));
            message.addSiteIndex(sites.computeIfAbsent(flow.site(), site -> {
                message.addSite(site.name());
                return message.getSiteCount() - 1;
            }));
            message.addRequestsPerSecond((float) flow.requests().value());
            message.addLatencyP95Ms((float) flow.latencyP95().value());
            message.addErrorRatio((float) flow.errorRatio().value());
        }
        return message.build();
    }

    private static io.latticeconsole.proto.v1.ModelSummary model(ModelSummary o) {
        var message = io.latticeconsole.proto.v1.ModelSummary.newBuilder()
                .setModel(o.model().name())
                .setWindowSeconds(o.windowSeconds())
                .setArrivedPerSecond(o.arrived().value())
                .setFinishedPerSecond(o.finished().value())
                .setFailedPerSecond(o.failed().value())
                .setTokensPerSecond(o.tokens().value());
        counts(o.ttft()).forEach(message::addTtftCounts);
        counts(o.e2e()).forEach(message::addE2ECounts);
        counts(o.tpot()).forEach(message::addTpotCounts);
        return message.build();
    }

    // Trailing zeros are left out: most histograms are short.
    private static List<Integer> counts(LatencyHistogram histogram) {
        int length = histogram.counts().length;
        while (length > 0 && histogram.counts()[length - 1] == 0) {
            length--;
        }
        return Arrays.stream(histogram.counts(), 0, length).boxed().toList();
    }

    private static io.latticeconsole.proto.v1.LedgerTotals ledger(LedgerTotals o) {
        return io.latticeconsole.proto.v1.LedgerTotals.newBuilder()
                .setArrived(o.arrived())
                .setFinished(o.finished())
                .setRejected(o.rejected())
                .setAborted(o.aborted())
                .setLost(o.lost())
                .setInFlight(o.inFlight())
                .setRetried(o.retried())
                .setMigrated(o.migrated())
                .setDuplicateExecutions(o.duplicateExecutions())
                .build();
    }
}
