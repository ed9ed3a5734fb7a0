package io.latticeconsole.lattice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceNameTest {
    @Test
    void namesKnowTheirParents() {
        var replica = new ReplicaId("regions/eu/sites/par-1/nodes/n2/replicas/chat-0.3b-1");
        assertEquals(new NodeId("regions/eu/sites/par-1/nodes/n2"), replica.node());
        assertEquals(new SiteId("regions/eu/sites/par-1"), replica.node().site());
        assertEquals(new RegionId("regions/eu"), replica.node().region());
        assertEquals("n2", replica.node().code());
        assertEquals(new ModelId("models/chat-70b"), new RouteId("regions/eu/routes/chat-70b").model());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nodes/n2", "regions/eu/sites/par-1/nodes/", "regions/EU/sites/p/nodes/n 1", "regions/eu"})
    void anotherFormIsRefusedWithTheNameInTheMessage(String name) {
        var refused = assertThrows(IllegalArgumentException.class, () -> new NodeId(name));
        assertTrue(String.valueOf(refused.getMessage()).contains("'" + name + "'"), refused::getMessage);
    }

    @Test
    void numbersInNamesSortByValue() {
        List<SiteId> sites = new ArrayList<>();
        for (int i = 1; i <= 120; i++) {
            sites.add(new SiteId("regions/eu/sites/s" + i));
        }
        List<SiteId> shuffled = new ArrayList<>(sites);
        Collections.shuffle(shuffled, new Random(7));
        Collections.sort(shuffled);
        assertEquals(sites, shuffled);
    }
}
