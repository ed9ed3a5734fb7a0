package io.latticeconsole.wire;

import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.QuerySeriesRequest;
import io.latticeconsole.proto.v1.QuerySeriesResponse;
import io.latticeconsole.proto.v1.Series;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Fetches the last minutes of an endpoint's nodes once it is connected, so that a console that has just been opened,
/// or
/// was cut off for a while, shows them too. On the wire's lane. What cannot be fetched is left out: it is history, and
/// fills up by itself. Of an endpoint with more than [#MOST_NODES] nodes it does without.
final class HistoryFetcher {
    static final int MOST_NODES = 300;
    private static final System.Logger LOG = System.getLogger(HistoryFetcher.class.getName());
    private static final Duration SETTLED = Duration.ofMillis(1500);
    private static final int DEADLINE_SECONDS = 5;
    private static final List<Metric> METRICS =
            List.of(Metric.UTILIZATION, Metric.TEMPERATURE_CELSIUS, Metric.POWER_WATTS, Metric.LATENCY_MS);

    private final String address;
    private final Channel channel;
    private final WireLane lane;
    private final LatticeStore store;
    private boolean closed;

    HistoryFetcher(String address, Channel channel, WireLane lane, LatticeStore store) {
        this.address = address;
        this.channel = channel;
        this.lane = lane;
        this.store = store;
    }

    /// Fetches a moment later, when the first frame is drawn and the nodes have their places. Lane.
    void fetch() {
        lane.after(SETTLED, this::ask);
    }

    void close() {
        closed = true;
    }

    private void ask() {
        ConsoleState state = store.state();
        EndpointState endpoint = state.endpoints().get(address);
        ClockReading clock = endpoint == null ? null : endpoint.clock();
        if (closed || endpoint == null || clock == null) {
            return;
        }
        List<String> nodes = state.lattice().nodes().keySet().stream()
                .filter(n -> isOwn(state, n))
                .map(NodeId::name)
                .sorted()
                .toList();
        if (nodes.isEmpty() || nodes.size() > MOST_NODES) {
            return;
        }
        Instant now = lane.instant();
        Window window = new Window(now.getEpochSecond(), clock.at(now, endpoint.clockOffset()), clock.rate());
        METRICS.forEach(metric -> ask(nodes, metric, window));
    }

    private boolean isOwn(ConsoleState state, NodeId node) {
        EndpointState owner = state.ownerOf(node.site());
        return owner != null && owner.address().equals(address);
    }

    private void ask(List<String> nodes, Metric metric, Window window) {
        QuerySeriesRequest request = QuerySeriesRequest.newBuilder()
                .addAllNodes(nodes)
                .setMetric(metric.name().toLowerCase(Locale.ROOT))
                .setStartTime(Timestamp.newBuilder().setSeconds(window.firstLatticeSecond()))
                .build();
        LatticeServiceGrpc.newStub(channel)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .querySeries(request, new StreamObserver<>() {
                    @Override
                    public void onNext(QuerySeriesResponse told) {
                        lane.execute(() -> take(told, metric, window));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        LOG.log(System.Logger.Level.DEBUG, "{0} does not give its history: {1}", address, failure);
                    }

                    @Override
                    public void onCompleted() {
                        // The one answer has come already.
                    }
                });
    }

    private void take(QuerySeriesResponse told, Metric metric, Window window) {
        if (closed || !(told.getResolutionSeconds() > 0)) {
            return;
        }
        ConsoleState state = store.state();
        for (Series series : told.getSeriesList()) {
            int index = indexOf(state, series.getNode());
            if (index >= 0) {
                store.sampleLane().past(index, metric, window.until(), window.seconds(told, series));
            }
        }
    }

    private static int indexOf(ConsoleState state, String node) {
        try {
            return state.nodes().index(new NodeId(node));
        } catch (IllegalArgumentException _) {
            return -1; // no name of a node, and none that was asked for
        }
    }

    /// The console's last seconds up to `until`, since 1970, which is `latticeNow` there. @param pace lattice seconds
    /// in
    /// one of the console's
    private record Window(long until, Instant latticeNow, double pace) {
        long firstLatticeSecond() {
            return latticeNow.getEpochSecond() - (long) Math.ceil(SampleStore.HISTORY_SECONDS * pace);
        }

        /// A series by the console's seconds.
        float[] seconds(QuerySeriesResponse told, Series series) {
            float[] seconds = new float[SampleStore.HISTORY_SECONDS];
            Arrays.fill(seconds, Float.NaN);
            for (int i = 0; i < seconds.length; i++) {
                double ago = (seconds.length - 1 - i) * pace;
                double since =
                        latticeNow.getEpochSecond() - ago - told.getStartTime().getSeconds();
                long at = (long) Math.floor(since / told.getResolutionSeconds());
                if (at >= 0 && at < series.getValuesCount()) {
                    seconds[i] = series.getValues((int) at);
                }
            }
            return seconds;
        }
    }
}
