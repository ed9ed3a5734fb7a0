package io.latticeconsole.gateway;

import io.latticeconsole.lattice.NodeId;
import java.util.HashMap;
import java.util.Map;

/// Losses at other gateways: what this ingress has there moves, and the owner hears how that goes until it is over.
final class PeerLosses {
    private final Surroundings surroundings;
    private final Evacuation evacuation;
    private final int region;
    private final Map<String, Map<NodeId, LossTally>> reported = new HashMap<>();

    PeerLosses(Surroundings surroundings, Evacuation evacuation, int region) {
        this.surroundings = surroundings;
        this.evacuation = evacuation;
        this.region = region;
    }

    /// Another gateway lost nodes.
    void lost(GatewayMessage.NodesLost m) {
        Map<NodeId, LossTally> tallies = new HashMap<>();
        for (NodeId node : m.nodes()) {
            LossTally tally = evacuation.moveOff(node);
            tally.failover = m.failover();
            tally.owner = m.from();
            tallies.put(node, tally);
        }
        reported.put(m.failover(), tallies);
        tell(m.failover(), tallies);
    }

    private void tell(String failover, Map<NodeId, LossTally> tallies) {
        int[] sum = new int[5];
        int owner = -1;
        for (LossTally t : tallies.values()) {
            sum[0] += t.inFlight;
            sum[1] += t.retried;
            sum[2] += t.migrated;
            sum[3] += t.lost;
            sum[4] += t.open;
            owner = t.owner;
        }
        surroundings.send(owner, new GatewayMessage.Moved(region, failover, sum[0], sum[1], sum[2], sum[3], sum[4]));
    }

    /// Each 500 ms: tells owners what changed, and forgets what is over.
    void tellProgress() {
        reported.entrySet().removeIf(e -> {
            boolean changed = false;
            int open = 0;
            for (LossTally t : e.getValue().values()) {
                changed |= t.takeChanged();
                open += t.open;
            }
            if (changed) {
                tell(e.getKey(), e.getValue());
            }
            return open == 0 && !changed;
        });
    }
}
