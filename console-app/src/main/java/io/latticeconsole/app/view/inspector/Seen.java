package io.latticeconsole.app.view.inspector;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.format.LatticeTime;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the console knows at one moment, as sheets are made from it.
@SuppressWarnings("ArrayRecordComponent") // lives for one update
record Seen(ConsoleState state, SampleStore samples, Troubles troubles, Instant wallNow, long[] heard) {
    static Seen of(ConsoleState state, SampleStore samples, Troubles troubles, Instant wallNow) {
        long[] heard = new long[samples.size()];
        samples.copyLastHeard(heard);
        return new Seen(state, samples, troubles, wallNow, heard);
    }

    LatticeState lattice() {
        return state.lattice();
    }

    @Nullable
    Instant latticeNow() {
        return LatticeTime.now(state, wallNow);
    }

    /// When a node's last reading was heard, null if never.
    @Nullable
    Instant heard(NodeId node) {
        int index = state.nodes().index(node);
        return index < 0 || index >= heard.length || heard[index] == 0 ? null : Instant.ofEpochMilli(heard[index]);
    }

    float latest(NodeId node, Metric metric) {
        return samples.latest(state.nodes().index(node), metric);
    }

    /// Nodes that fit, in order of name.
    List<Node> nodes(Predicate<NodeId> which) {
        return lattice().nodes().values().stream()
                .filter(n -> which.test(n.id()))
                .sorted(Comparator.comparing(Node::id))
                .toList();
    }
}
