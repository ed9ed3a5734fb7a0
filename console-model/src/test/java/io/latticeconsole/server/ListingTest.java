package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.proto.v1.GetNodeRequest;
import io.latticeconsole.proto.v1.ListModelsRequest;
import io.latticeconsole.proto.v1.ListNodesRequest;
import io.latticeconsole.proto.v1.ListNodesResponse;
import io.latticeconsole.proto.v1.ListRoutesRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListingTest {
    private static final int NODES = 173;

    /// Any filter, in pages of any size, gives exactly the nodes that a plain loop over the world finds, each once.
    @Test
    void pagesOfAFilterAreTheNodesThatPassIt() throws Exception {
        try (Served served = new Served(NODES)) {
            Random random = new Random(20260105);
            AdminState[] admin = new AdminState[NODES];
            Health[] health = new Health[NODES];
            for (int i = 0; i < NODES; i++) {
                admin[i] = pick(random, AdminState.values());
                health[i] = pick(random, Health.values());
                served.gateway.publish(SmallLattice.changed(SmallLattice.node(i, admin[i], health[i], 2)));
            }
            for (int round = 0; round < 200; round++) {
                boolean bySite = random.nextBoolean();
                boolean byAdmin = random.nextBoolean();
                boolean byHealth = random.nextBoolean();
                boolean byModel = random.nextBoolean();
                int site = random.nextInt(18);
                AdminState wantedAdmin = pick(random, AdminState.values());
                Health wantedHealth = pick(random, Health.values());
                List<String> terms = new ArrayList<>();
                if (bySite) {
                    terms.add(random.nextBoolean() ? "site=S-" + site : "site=regions/eu/sites/s-" + site);
                }
                if (byAdmin) {
                    terms.add("admin_state = " + wantedAdmin);
                }
                if (byHealth) {
                    terms.add("health=\"" + wantedHealth + "\"");
                }
                if (byModel) {
                    terms.add("model=embed-0.3b");
                }
                Set<String> expected = new TreeSet<>();
                for (int i = 0; i < NODES; i++) {
                    if ((!bySite || i / 10 == site)
                            && (!byAdmin || admin[i] == wantedAdmin)
                            && (!byHealth || health[i] == wantedHealth)
                            && (!byModel || i % 2 == 0)) {
                        expected.add(SmallLattice.nodeId(i).name());
                    }
                }
                String filter = String.join(" AND ", terms);
                assertEquals(new ArrayList<>(expected), all(served, filter, 1 + random.nextInt(40)), filter);
            }
        }
    }

    private static <T> T pick(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static List<String> all(Served served, String filter, int pageSize) {
        List<String> names = new ArrayList<>();
        String token = "";
        do {
            ListNodesResponse page = served.lattice.listNodes(ListNodesRequest.newBuilder()
                    .setFilter(filter)
                    .setPageSize(pageSize)
                    .setPageToken(token)
                    .build());
            assertTrue(page.getNodesCount() <= pageSize);
            page.getNodesList().forEach(n -> names.add(n.getName()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return names;
    }

    @Test
    void aPageNeverExceedsTheMessageLimit() throws Exception {
        try (Served served = new Served(4000)) {
            ListNodesRequest.Builder request = ListNodesRequest.newBuilder().setPageSize(1_000_000);
            int seen = 0;
            do {
                ListNodesResponse page = served.lattice.listNodes(request.build());
                assertTrue(page.getNodesCount() <= 1000 && page.getSerializedSize() < 1 << 20);
                seen += page.getNodesCount();
                request.setPageToken(page.getNextPageToken());
            } while (!request.getPageToken().isEmpty());
            assertEquals(4000, seen);
        }
    }

    @Test
    void aTokenSurvivesThatItsNodeIsGone() throws Exception {
        try (Served served = new Served(30)) {
            ListNodesResponse first = served.lattice.listNodes(
                    ListNodesRequest.newBuilder().setPageSize(10).build());
            String last = first.getNodes(9).getName();
            served.gateway.publish(new io.latticeconsole.endpoint.Fact.LatticeChanged(
                    new io.latticeconsole.lattice.LatticeEvent.ObjectRemoved(
                            new io.latticeconsole.lattice.NodeId(last))));
            ListNodesResponse second = served.lattice.listNodes(ListNodesRequest.newBuilder()
                    .setPageSize(100)
                    .setPageToken(first.getNextPageToken())
                    .build());
            assertEquals(20, second.getNodesCount());
            assertTrue(second.getNodes(0).getName().compareTo(last) > 0);
        }
    }

    @Test
    void modelsRoutesAndUnreachableRegionsAreListed() throws Exception {
        try (Served served = new Served(12)) {
            served.gateway.unreachable = List.of(SmallLattice.US);
            var models = served.lattice.listModels(
                    ListModelsRequest.newBuilder().setPageSize(1).build());
            assertEquals("models/chat-8b", models.getModels(0).getName());
            assertEquals(List.of("regions/us"), models.getUnreachableList());
            var routes = served.lattice.listRoutes(
                    ListRoutesRequest.newBuilder().setParent("-").build());
            assertEquals(2, routes.getRoutesCount());
            assertEquals(
                    routes,
                    served.lattice.listRoutes(ListRoutesRequest.newBuilder()
                            .setParent("regions/eu")
                            .build()));
            assertEquals(
                    "v1",
                    served.lattice
                            .getNode(GetNodeRequest.newBuilder()
                                    .setName(SmallLattice.nodeId(11).name())
                                    .build())
                            .getEtag());
        }
    }
}
