package io.latticeconsole.server;

import com.google.protobuf.Timestamp;
import io.latticeconsole.proto.v1.QuerySeriesRequest;
import io.latticeconsole.proto.v1.QuerySeriesResponse;
import io.latticeconsole.proto.v1.Series;
import io.latticeconsole.telemetry.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/// Answers a question for recent history: clamped to what is kept, and in steps of whole seconds as long as needed for
/// the answer to fit a message.
final class SeriesQuery {
    static final int MOST_NODES = 500;
    private static final long LAST_SECOND = 253_402_300_799L;

    private SeriesQuery() {}

    /// The answer; `index` gives a node's index by name, or throws.
    ///
    /// @throws io.latticeconsole.endpoint.OrderRefused naming the field that cannot be used
    static QuerySeriesResponse answer(QuerySeriesRequest request, SeriesStore series, ToIntFunction<String> index) {
        List<String> nodes = request.getNodesList();
        if (nodes.isEmpty() || nodes.size() > MOST_NODES) {
            throw Refusals.badField("nodes", "names " + nodes.size() + " nodes, expected 1 to " + MOST_NODES);
        }
        Metric metric = metric(request.getMetric());
        requireTime("start_time", request.getStartTime());
        requireTime("end_time", request.getEndTime());
        int[] indexes = nodes.stream().mapToInt(index).toArray();
        long oldest = series.oldestSecond();
        long end = series.endSecond();
        long from = request.hasStartTime() ? request.getStartTime().getSeconds() : oldest;
        long to = request.hasEndTime() ? secondsUp(request.getEndTime()) : end;
        if (from > to && request.hasStartTime() && request.hasEndTime()) {
            throw Refusals.badField("end_time", "lies before start_time");
        }
        return read(request, series, metric, indexes, Math.max(from, oldest), Math.min(to, end));
    }

    private static QuerySeriesResponse read(
            QuerySeriesRequest request, SeriesStore series, Metric metric, int[] indexes, long from, long to) {
        int resolution = series.resolutionSeconds();
        long start = Math.floorDiv(from, resolution) * resolution;
        int slots = (int) Math.max(0, Math.ceilDiv(to - start, resolution));
        int perNode = EndpointLimits.FILL_BYTES / indexes.length - 160;
        int most = Math.max(1, perNode / Float.BYTES);
        int step = Math.max(1, Math.ceilDiv(slots, most));
        int count = Math.ceilDiv(slots, step);
        QuerySeriesResponse.Builder reply = QuerySeriesResponse.newBuilder()
                .setStartTime(Timestamp.newBuilder().setSeconds(start))
                .setResolutionSeconds((double) resolution * step);
        for (int i = 0; i < indexes.length; i++) {
            Series.Builder one = Series.newBuilder().setNode(request.getNodes(i));
            for (float value : series.read(indexes[i], metric, start, step, count)) {
                one.addValues(value);
            }
            reply.addSeries(one);
        }
        return reply.build();
    }

    /// Beyond these years sums of seconds would not fit.
    private static void requireTime(String field, Timestamp time) {
        if (Math.abs(time.getSeconds()) > LAST_SECOND || time.getSeconds() == Long.MIN_VALUE) {
            throw Refusals.badField(field, "is " + time.getSeconds() + " s, expected a time before the year 10000");
        }
    }

    private static long secondsUp(Timestamp time) {
        return time.getSeconds() + (time.getNanos() > 0 ? 1 : 0);
    }

    private static Metric metric(String name) {
        for (Metric metric : Metric.values()) {
            if (metric.name().toLowerCase(Locale.ROOT).equals(name)) {
                return metric;
            }
        }
        List<String> known = Arrays.stream(Metric.values())
                .map(m -> m.name().toLowerCase(Locale.ROOT))
                .toList();
        throw Refusals.badField("metric", "is '" + name + "', expected one of " + known);
    }
}
