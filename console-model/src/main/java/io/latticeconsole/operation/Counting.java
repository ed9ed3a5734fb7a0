package io.latticeconsole.operation;

import io.latticeconsole.lattice.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// Read-backs of nodes that are to fall quiet, asked every 250 ms.
public record Counting(PMap<NodeId, ReadBack> last, Instant nextAsk) {
    static final Duration INTERVAL = Duration.ofMillis(250);

    /// Longer than a request can be under way between an ingress and a node: before that, zero does not mean quiet.
    static final Duration SETTLED = Duration.ofSeconds(1);

    static final Counting NONE = new Counting(HashTreePMap.empty(), Instant.MIN);

    Counting read(NodeId node, GatewayAnswer a, Instant now) {
        ReadBack before = last.get(node);
        boolean zero = a.inFlight() == 0 && a.queued() == 0;
        Instant since = before == null || before.quietSince() == null ? now : before.quietSince();
        return new Counting(
                last.plus(node, new ReadBack(a.inFlight(), a.queued(), a.oldestAgeSeconds(), zero ? since : null)),
                nextAsk);
    }

    /// Whether each of the nodes has answered zero for so long that nothing can be under way to it.
    boolean quiet(Collection<NodeId> nodes, Instant now) {
        return nodes.stream().allMatch(n -> quiet(n, now));
    }

    boolean quiet(NodeId node, Instant now) {
        ReadBack back = last.get(node);
        return back != null
                && back.quietSince() != null
                && !now.isBefore(back.quietSince().plus(SETTLED));
    }

    boolean busy(NodeId node) {
        ReadBack back = last.get(node);
        return back == null || !back.isZero();
    }
}
