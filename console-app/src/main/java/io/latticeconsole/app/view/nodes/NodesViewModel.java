package io.latticeconsole.app.view.nodes;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.format.NodeCondition;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The nodes with their readings, filtered and sorted: one pass and at most one sort per [#update], which is to
/// be called at the pace of tables. Made for 10,000 rows. FX thread only.
public final class NodesViewModel {
    private static final Metric[] SHOWN = {
        Metric.UTILIZATION,
        Metric.TEMPERATURE_CELSIUS,
        Metric.POWER_WATTS,
        Metric.LATENCY_MS,
        Metric.REQUESTS_PER_SECOND,
        Metric.TOKENS_PER_SECOND,
        Metric.QUEUE_DEPTH,
        Metric.IN_FLIGHT,
        Metric.KV_CACHE_USAGE,
        Metric.ERROR_RATIO
    };
    /// How long an order holds while only readings move.
    private static final Duration ORDER_HOLDS = Duration.ofSeconds(10);
    /// How long it holds at least after somebody was at work in the table.
    private static final Duration ORDER_RESTS = Duration.ofSeconds(30);

    /// Nodes in trouble before all others, the gravest first.
    static final Comparator<NodeRow> WORST_FIRST = Comparator.comparingInt(r -> r.priority() == 0 ? 9 : r.priority());

    private static final Comparator<NodeRow> BY_NAME = Comparator.comparing(NodeRow::id);

    private final Map<NodeId, NodeRow> byId = new HashMap<>();
    private final OrderedRows rows = new OrderedRows();
    private final StringProperty words = new SimpleStringProperty("");
    private final ObjectProperty<NodeFilter> filter = new SimpleObjectProperty<>(NodeFilter.ALL);
    private final ReadOnlyLongWrapper tick = new ReadOnlyLongWrapper();
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(PaneText.of("nodes.title"));
    private final float[][] columns = new float[SHOWN.length][0];
    private long[] heard = new long[0];
    private Comparator<NodeRow> order = WORST_FIRST.thenComparing(BY_NAME);
    private @Nullable Mark shown;

    private Instant arranged = Instant.EPOCH;
    private Instant used = Instant.EPOCH;
    private Instant now = Instant.EPOCH;

    /// What has to change before there is anything new to show.
    private record Mark(long version, Troubles troubles, long second) {}

    public NodesViewModel() {
        words.addListener(_ -> arrange());
        filter.addListener(_ -> arrange());
    }

    /// The rows to show, in order.
    public ObservableList<NodeRow> rows() {
        return rows;
    }

    /// Words that a row's name, class, address or state has to contain.
    public StringProperty wordsProperty() {
        return words;
    }

    public ObjectProperty<NodeFilter> filterProperty() {
        return filter;
    }

    /// Grows with every update: cells then read their row again.
    public ReadOnlyLongProperty tickProperty() {
        return tick.getReadOnlyProperty();
    }

    /// The tab's title with the number of nodes.
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// The row of a node, if the table knows it.
    public Optional<NodeRow> row(NodeId node) {
        return Optional.ofNullable(byId.get(node));
    }

    /// Sorts from now on by these columns, ties by name.
    public void sortBy(Comparator<NodeRow> wanted) {
        order = wanted.thenComparing(BY_NAME);
        arrange();
    }

    /// Takes over what is known now.
    public void update(ConsoleState state, SampleStore samples, Troubles troubles, Instant wallNow) {
        now = wallNow;
        Mark mark = new Mark(state.version(), troubles, wallNow.getEpochSecond());
        if (mark.equals(shown)) {
            return;
        }
        shown = mark;
        copy(samples);
        boolean turned = false;
        for (Node node : state.lattice().nodes().values()) {
            NodeRow row = byId.computeIfAbsent(node.id(), NodeRow::new);
            turned |= row.index() < 0;
            if (row.index() < 0) {
                row.place(state.nodes().index(node.id()));
            }
            turned |= refresh(row, node, state, troubles, wallNow);
        }
        if (byId.size() > state.lattice().nodes().size()) {
            turned = true;
            byId.keySet().retainAll(state.lattice().nodes().keySet());
        }
        title.set(byId.isEmpty() ? PaneText.of("nodes.title") : PaneText.of("nodes.titleCount", byId.size() + ""));
        boolean due = passed(arranged, ORDER_HOLDS) && passed(used, ORDER_RESTS);
        if (turned || due) {
            arrange();
        }
        tick.set(tick.get() + 1);
    }

    private boolean passed(Instant since, Duration span) {
        return Duration.between(since, now).compareTo(span) >= 0;
    }

    /// Says that somebody is at work in the table: rows then keep their places while only readings move.
    public void use() {
        used = now;
    }

    private void copy(SampleStore samples) {
        int size = samples.size();
        if (heard.length < size) {
            heard = new long[size];
            for (int m = 0; m < SHOWN.length; m++) {
                columns[m] = new float[size];
            }
        }
        samples.copyLastHeard(heard);
        for (int m = 0; m < SHOWN.length; m++) {
            samples.copyLatest(SHOWN[m], columns[m]);
        }
    }

    /// @return whether the node turned from one state into another
    private boolean refresh(NodeRow row, Node node, ConsoleState state, Troubles troubles, Instant wallNow) {
        int index = row.index();
        boolean sampled = index >= 0 && index < heard.length && heard[index] > 0;
        Instant last = sampled ? Instant.ofEpochMilli(heard[index]) : null;
        row.state(
                ObjectNames.site(state.lattice(), node.id().site()),
                node.nodeClass(),
                node.address(),
                node.adminState(),
                node.health());
        for (int m = 0; m < SHOWN.length; m++) {
            row.value(SHOWN[m], sampled ? columns[m][index] : Float.NaN);
        }
        row.settle(wallNow.toEpochMilli());
        NodeCondition condition = NodeCondition.of(state, node, last, wallNow);
        int priority = troubles.priority(node.id());
        boolean turned = condition != row.condition() || priority != row.priority();
        row.now(condition, priority, sampled ? Math.max(0, wallNow.toEpochMilli() - heard[index]) : -1);
        return turned;
    }

    private void arrange() {
        arranged = now;
        String wanted = words.get().strip().toLowerCase(Locale.ROOT);
        NodeFilter state = filter.get();
        List<NodeRow> shown = new ArrayList<>(byId.size());
        for (NodeRow row : byId.values()) {
            if (state.shows(row) && (wanted.isEmpty() || contains(row, wanted))) {
                shown.add(row);
            }
        }
        shown.sort(order);
        rows.show(shown);
    }

    private static boolean contains(NodeRow row, String wanted) {
        String all = row.name() + " " + row.name().replace(" / ", "/") + " " + row.nodeClass() + " " + row.address()
                + " " + NodeColumn.CONDITION.text(row);
        return all.toLowerCase(Locale.ROOT).contains(wanted);
    }

    /// The rows as shown, as CSV (RFC 4180) with units in the headings.
    public String csv() {
        Stream<String> head = Stream.of(
                Stream.of(NodeColumn.values()).map(NodeColumn::csvTitle).collect(Collectors.joining(",")));
        Stream<String> lines = rows.stream()
                .map(row -> Stream.of(NodeColumn.values())
                        .map(c -> quoted(c.raw(row)))
                        .collect(Collectors.joining(",")));
        return Stream.concat(head, lines).collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
