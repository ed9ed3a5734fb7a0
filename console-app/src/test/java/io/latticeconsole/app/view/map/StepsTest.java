package io.latticeconsole.app.view.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.map.layout.GeographicLayout;
import io.latticeconsole.app.view.map.layout.PickGrid;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.layout.SchematicLayout;
import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class StepsTest {
    private static final int[][] ARROWS = {{0, -1}, {0, 1}, {-1, 0}, {1, 0}};

    private final MapTopology topology = SeededLattice.topology(96, 7);
    private final Placement schematic = SchematicLayout.arrange(topology, 1300, 760);

    private int node(String site, int ordinal) {
        int anchor = topology.anchor("regions/" + site).orElseThrow();
        return topology.nodeAnchor(topology.nodeAt(topology.indexOf(anchor), ordinal));
    }

    @Test
    void arrowsLeadToTheNeighbourInThatDirection() {
        assertEquals(node("r0/sites/sea-1", 1), Steps.towards(topology, schematic, node("r0/sites/sea-1", 0), 1, 0));
        assertEquals(node("r0/sites/sea-1", 0), Steps.towards(topology, schematic, node("r0/sites/sea-1", 1), -1, 0));
    }

    @Test
    void everyNodeCanBeReachedByArrowsInBothArrangements() {
        for (Placement p : new Placement[] {
            schematic, GeographicLayout.arrange(topology, 1.7).placement()
        }) {
            BitSet reached = new BitSet();
            Deque<Integer> open = new ArrayDeque<>();
            open.add(topology.nodeAnchor(0));
            while (!open.isEmpty()) {
                int anchor = open.pop();
                if (!reached.get(anchor)) {
                    reached.set(anchor);
                    for (int[] arrow : ARROWS) {
                        open.push(Steps.towards(topology, p, anchor, arrow[0], arrow[1]));
                    }
                }
            }
            assertEquals(
                    topology.nodeCount(), reached.cardinality(), p.arrangement().name());
        }
    }

    @Test
    void arrowsNeverLeadBackwards() {
        for (int n = 0; n < topology.nodeCount(); n++) {
            int from = topology.nodeAnchor(n);
            int right = Steps.towards(topology, schematic, from, 1, 0);
            assertTrue(right == from || schematic.centreX(topology, right) > schematic.centreX(topology, from));
        }
    }

    @Test
    void enterAndEscapeGoInAndOut() {
        int region = 3;
        int site = Steps.in(topology, region);
        int node = Steps.in(topology, site);
        assertTrue(topology.isSite(site) && topology.isNode(node));
        assertEquals(node, Steps.in(topology, node));
        assertEquals(site, Steps.out(topology, node));
        assertEquals(region, Steps.out(topology, site));
        assertEquals(PickGrid.NOTHING, Steps.out(topology, region));
        assertNotEquals(PickGrid.NOTHING, Steps.towards(topology, schematic, PickGrid.NOTHING, 1, 0));
    }
}
