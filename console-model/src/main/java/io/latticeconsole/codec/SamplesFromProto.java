package io.latticeconsole.codec;

import com.google.protobuf.Internal;
import io.latticeconsole.lattice.ModelId;
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
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads sample batches from messages, column by column and without boxing. A value that is out of its metric's
/// physical range becomes NaN and is counted; columns of a wrong length or indexes that cannot be are refused.
public final class SamplesFromProto {
    private static final float[] NONE = {};
    private static final Metric[] METRICS = Metric.values();

    private int outOfRange;

    private SamplesFromProto() {}

    /// @throws MalformedMessage for what the contract does not allow
    public static DecodedSamples samples(Samples m) {
        SamplesFromProto reader = new SamplesFromProto();
        SampleBatch batch = reader.batch(m, Cursor.at("Samples"));
        return new DecodedSamples(batch, reader.outOfRange);
    }

    private SampleBatch batch(Samples m, Cursor at) {
        int[] index = nodeIndex(m, at);
        float[][] columns = new float[METRICS.length][];
        for (Metric metric : METRICS) {
            columns[metric.column()] = column(m, metric, index.length, at);
        }
        return new SampleBatch(
                at.text("epoch", m.getEpoch()),
                at.time("lattice_time", m.hasLatticeTime(), m.getLatticeTime()),
                at.time("wall_time", m.hasWallTime(), m.getWallTime()),
                at.count("node_table_revision", m.getNodeTableRevision()),
                index,
                columns,
                bands("expected_low", m.getExpectedLowList(), index.length, at),
                bands("expected_high", m.getExpectedHighList(), index.length, at),
                flows(m.getFlows(), at.field("flows")),
                at.list("models", m.getModelsList(), SamplesFromProto::model),
                m.hasLedger() ? ledger(m, at.field("ledger")) : null);
    }

    private static int[] nodeIndex(Samples m, Cursor at) {
        int[] index = new int[m.getNodeIndexCount()];
        for (int i = 0; i < index.length; i++) {
            int value = m.getNodeIndex(i);
            if (value < 0 || value > ObjectsFromProto.MAX_NODE_INDEX) {
                throw at.malformed(
                        "node_index[" + i + "]",
                        Integer.toUnsignedString(value),
                        "0 to " + ObjectsFromProto.MAX_NODE_INDEX);
            }
            index[i] = value;
        }
        return index;
    }

    private float[] column(Samples m, Metric metric, int rows, Cursor at) {
        return switch (metric) {
            case UTILIZATION -> column("utilization", metric, m.getUtilizationList(), rows, at);
            case TEMPERATURE_CELSIUS -> column("temperature_celsius", metric, m.getTemperatureCelsiusList(), rows, at);
            case POWER_WATTS -> column("power_watts", metric, m.getPowerWattsList(), rows, at);
            case TTFT_P95_MS -> column("ttft_p95_ms", metric, m.getTtftP95MsList(), rows, at);
            case E2E_P95_MS -> column("e2e_p95_ms", metric, m.getE2EP95MsList(), rows, at);
            case REQUESTS_PER_SECOND -> column("requests_per_second", metric, m.getRequestsPerSecondList(), rows, at);
            case TOKENS_PER_SECOND -> column("tokens_per_second", metric, m.getTokensPerSecondList(), rows, at);
            case QUEUE_DEPTH -> column("queue_depth", metric, m.getQueueDepthList(), rows, at);
            case IN_FLIGHT -> column("in_flight", metric, m.getInFlightList(), rows, at);
            case KV_CACHE_USAGE -> column("kv_cache_usage", metric, m.getKvCacheUsageList(), rows, at);
            case ERROR_RATIO -> column("error_ratio", metric, m.getErrorRatioList(), rows, at);
            case LATENCY_MS -> column("latency_ms", metric, m.getLatencyMsList(), rows, at);
        };
    }

    private float[] column(String field, Metric metric, List<Float> values, int rows, Cursor at) {
        if (values.isEmpty()) {
            return NONE;
        }
        if (values.size() != rows) {
            throw at.malformed(field, values.size() + " values", rows + " values, one for each of node_index");
        }
        SampleRange range = SampleRange.of(metric);
        float[] column = primitive(values);
        int bad = 0;
        for (int i = 0; i < column.length; i++) {
            float value = column[i];
            if (!range.holds(value)) {
                bad += Float.isNaN(value) ? 0 : 1;
                column[i] = Float.NaN;
            }
        }
        outOfRange += bad;
        return column;
    }

    private float[] bands(String field, List<Float> values, int rows, Cursor at) {
        if (values.isEmpty()) {
            return NONE;
        }
        if (values.size() != 4 * rows) {
            throw at.malformed(field, values.size() + " values", 4 * rows + " values, four for each of node_index");
        }
        float[] column = primitive(values);
        for (int i = 0; i < column.length; i++) {
            float value = column[i];
            if (!SampleRange.ofBand(i).holds(value)) {
                outOfRange += Float.isNaN(value) ? 0 : 1;
                column[i] = Float.NaN;
            }
        }
        return column;
    }

    // Generated lists of floats are primitive inside; reading them as List<Float> would box every value.
    private static float[] primitive(List<Float> values) {
        float[] column = new float[values.size()];
        if (values instanceof Internal.FloatList floats) {
            for (int i = 0; i < column.length; i++) {
                column[i] = floats.getFloat(i);
            }
        } else {
            for (int i = 0; i < column.length; i++) {
                column[i] = values.get(i);
            }
        }
        return column;
    }

    private List<FlowSample> flows(FlowSamples m, Cursor at) {
        int rows = m.getRouteIndexCount();
        sameLength("site_index", m.getSiteIndexCount(), rows, at);
        sameLength("requests_per_second", m.getRequestsPerSecondCount(), rows, at);
        sameLength("latency_p95_ms", m.getLatencyP95MsCount(), rows, at);
        sameLength("error_ratio", m.getErrorRatioCount(), rows, at);
        List<RouteId> routes = at.names("route", m.getRouteList(), RouteId::new);
        List<SiteId> sites = at.names("site", m.getSiteList(), SiteId::new);
        List<FlowSample> flows = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            flows.add(new FlowSample(
                    entry("route_index", m.getRouteIndex(i), routes, at),
                    entry("site_index", m.getSiteIndex(i), sites, at),
                    new PerSecond(inRange(Metric.REQUESTS_PER_SECOND, m.getRequestsPerSecond(i))),
                    new Millis(inRange(Metric.LATENCY_MS, m.getLatencyP95Ms(i))),
                    new Ratio(inRange(Metric.ERROR_RATIO, m.getErrorRatio(i)))));
        }
        return List.copyOf(flows);
    }

    private static void sameLength(String field, int found, int rows, Cursor at) {
        if (found != rows) {
            throw at.malformed(field, found + " values", rows + " values, one for each of route_index");
        }
    }

    private static <T> T entry(String field, int index, List<T> dictionary, Cursor at) {
        if (index < 0 || index >= dictionary.size()) {
            throw at.malformed(
                    field,
                    Integer.toUnsignedString(index),
                    "an index into a dictionary of " + dictionary.size() + " names");
        }
        return dictionary.get(index);
    }

    private float inRange(Metric metric, float value) {
        if (SampleRange.of(metric).holds(value)) {
            return value;
        }
        outOfRange += Float.isNaN(value) ? 0 : 1;
        return Float.NaN;
    }

    private static ModelSummary model(io.latticeconsole.proto.v1.ModelSummary m, Cursor at) {
        return new ModelSummary(
                at.named("model", m.getModel(), ModelId::new),
                histogram("ttft_counts", m.getTtftCountsList(), at),
                histogram("e2e_counts", m.getE2ECountsList(), at),
                histogram("tpot_counts", m.getTpotCountsList(), at),
                at.positive("window_seconds", m.getWindowSeconds()),
                new PerSecond(at.reading("arrived_per_second", m.getArrivedPerSecond(), 0, 1e12)),
                new PerSecond(at.reading("finished_per_second", m.getFinishedPerSecond(), 0, 1e12)),
                new PerSecond(at.reading("failed_per_second", m.getFailedPerSecond(), 0, 1e12)),
                new PerSecond(at.reading("tokens_per_second", m.getTokensPerSecond(), 0, 1e12)));
    }

    private static LatencyHistogram histogram(String field, List<Integer> counts, Cursor at) {
        if (counts.size() > LatencyHistogram.BUCKETS) {
            throw at.malformed(field, counts.size() + " buckets", "at most " + LatencyHistogram.BUCKETS);
        }
        int[] read = new int[LatencyHistogram.BUCKETS];
        for (int i = 0; i < counts.size(); i++) {
            read[i] = at.count(field, counts.get(i));
        }
        return new LatencyHistogram(read);
    }

    private static @Nullable LedgerTotals ledger(Samples samples, Cursor at) {
        var m = samples.getLedger();
        return new LedgerTotals(
                at.count("arrived", m.getArrived()),
                at.count("finished", m.getFinished()),
                at.count("rejected", m.getRejected()),
                at.count("aborted", m.getAborted()),
                at.count("lost", m.getLost()),
                at.count("in_flight", m.getInFlight()),
                at.count("retried", m.getRetried()),
                at.count("migrated", m.getMigrated()),
                at.count("duplicate_executions", m.getDuplicateExecutions()));
    }
}
