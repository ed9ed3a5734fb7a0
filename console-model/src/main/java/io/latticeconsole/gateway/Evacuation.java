package io.latticeconsole.gateway;

import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Moves an ingress's requests off lost nodes, cut sites and nodes that are to be emptied, and counts what becomes of
/// those that a loss touched.
final class Evacuation {
    private final Surroundings surroundings;
    private final Rows rows;
    private final Ingress ingress;
    private final InFlight requests;
    private final Map<NodeId, LossTally> tallies = new HashMap<>();

    Evacuation(Surroundings surroundings, Rows rows, Ingress ingress) {
        this.surroundings = surroundings;
        this.rows = rows;
        this.ingress = ingress;
        this.requests = ingress.requests;
    }

    /// Moves everything that is on a node; the tally says what became of it.
    LossTally moveOff(NodeId node) {
        LossTally tally = tallyOf(node);
        rows.breakNode(node);
        for (ReplicaId replica : List.copyOf(rows.replicasOf(node))) {
            int row = rows.row(replica);
            if (row >= 0) {
                moveOffRow(row, tally);
            }
        }
        return tally;
    }

    /// The tally of a node's present loss.
    private LossTally tallyOf(NodeId node) {
        LossTally tally = tallies.get(node);
        if (tally == null || surroundings.now() - tally.since > 60_000_000_000L) {
            tally = new LossTally(surroundings.now());
            tallies.put(node, tally);
        }
        return tally;
    }

    /// A node is back: its next loss is another one.
    void nodeReturned(NodeId node) {
        tallies.remove(node);
    }

    private void moveOffRow(int row, LossTally tally) {
        int guard = requests.extent();
        for (int slot = requests.first(row); slot >= 0 && guard-- > 0; slot = requests.first(row)) {
            int streamed = surroundings.tokensStreamed(requests.attempt[slot]);
            surroundings.withdraw(requests.attempt[slot]);
            if (requests.tally[slot] == LossTally.NONE) {
                requests.tally[slot] = tally;
                tally.moved(streamed > 0);
            }
            ingress.move(slot, streamed, true);
        }
    }

    /// Moves everything that is on its way to a site whose path is cut.
    void moveOffSite(int site) {
        LossTally tally = new LossTally(surroundings.now());
        for (int row = 0; row < rows.view.size(); row++) {
            if (rows.view.site[row] == site) {
                moveOffRow(row, tally);
            }
        }
    }

    /// Continues the streams of a node elsewhere although it lives; how many moved.
    int moveStreams(NodeId node) {
        int moved = 0;
        for (ReplicaId replica : List.copyOf(rows.replicasOf(node))) {
            int row = rows.row(replica);
            int guard = requests.extent();
            for (int slot = row < 0 ? -1 : requests.first(row); slot >= 0 && guard-- > 0; slot = requests.first(row)) {
                int streamed = surroundings.tokensStreamed(requests.attempt[slot]);
                surroundings.withdraw(requests.attempt[slot]);
                ingress.move(slot, streamed, true);
                moved++;
            }
        }
        return moved;
    }
}
