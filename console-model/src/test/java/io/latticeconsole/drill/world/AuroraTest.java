package io.latticeconsole.drill.world;

import io.latticeconsole.world.AcceleratorRoom;
import io.latticeconsole.world.AcceleratorType;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.RandomStream;
import io.latticeconsole.world.ServiceTimes;
import io.latticeconsole.world.WorldSpec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.lattice.Tier;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuroraTest {
    @Test
    void theDefaultLatticeIsTheOneOfTheDesign() {
        WorldSpec world = Aurora.generate(96, 1);
        assertEquals(96, world.nodes().size());
        assertEquals(24, world.sites().size());
        assertEquals(5, world.regions().size());
        assertEquals(6, world.models().size());
        assertEquals(5, count(world, Tier.REGIONAL));
        assertEquals(10, count(world, Tier.METRO));
        assertEquals(9, count(world, Tier.EDGE));
        Set<String> classes = new HashSet<>();
        world.nodes().forEach(n -> classes.add(n.nodeClass().displayName()));
        assertTrue(classes.size() >= 8, "unlike machines: " + classes);
    }

    private static long count(WorldSpec world, Tier tier) {
        return world.sites().stream().filter(s -> s.tier() == tier).count();
    }

    @Test
    void theSameSeedGivesTheSameWorldAndAnotherOneAnother() {
        assertEquals(Aurora.generate(96, 5), Aurora.generate(96, 5));
        assertTrue(!Aurora.generate(96, 5).equals(Aurora.generate(96, 6)));
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 13, 20, 40, 96, 300, 1000})
    void everySizeHasItsNodesItsModelsEverywhereAndRoomForTheLossOfAnySite(int nodes) {
        WorldSpec world = Aurora.generate(nodes, 3);
        assertEquals(nodes, world.nodes().size());
        Set<String> codes = new HashSet<>();
        world.sites().forEach(s -> assertTrue(codes.add(s.code()), "site codes are unique"));
        for (int m = 0; m < world.models().size(); m++) {
            double total = 0;
            double[] atSite = new double[world.sites().size()];
            for (NodeSpec node : world.nodes()) {
                for (NodeSpec.Placed p : node.replicas()) {
                    if (p.model() == m) {
                        double capacity = world.models()
                                .get(m)
                                .capacityOn(node.nodeClass().type());
                        total += capacity;
                        atSite[node.site()] += capacity;
                    }
                }
            }
            double demand = world.requestsPerSecond() * world.models().get(m).mix();
            for (double lost : atSite) {
                assertTrue(
                        total - lost >= 1.2 * demand,
                        world.models().get(m).displayName() + " has " + (total - lost) + " left for " + demand);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 96, 500})
    void noAcceleratorIsGivenTwiceAndEveryModelFitsItsTier(int nodes) {
        WorldSpec world = Aurora.generate(nodes, 4);
        for (NodeSpec node : world.nodes()) {
            AcceleratorRoom room = new AcceleratorRoom(node.nodeClass());
            for (NodeSpec.Placed p : node.replicas()) {
                ModelSpec model = world.models().get(p.model());
                assertTrue(model.tiers().contains(world.sites().get(node.site()).tier()));
                assertTrue(model.runsOn(node.nodeClass().type()));
                assertTrue(p.firstAccelerator() + p.count() <= node.nodeClass().count());
                room.takeAt(p.firstAccelerator(), model.billions(), model.sizeBytes(), p.count());
            }
            assertTrue(room.used() <= 1);
        }
    }

    @Test
    void sizesOutsideTheRangeAreRefusedInWords() {
        var few = assertThrows(IllegalArgumentException.class, () -> Aurora.generate(11, 1));
        String message = String.valueOf(few.getMessage());
        assertTrue(message.contains("12 to 10000"), message);
        assertThrows(IllegalArgumentException.class, () -> Aurora.generate(10_001, 1));
    }

    @Test
    void serviceTimesAreThoseOfTheSources() {
        ModelSpec chat = AuroraModels.ALL.getFirst();
        ServiceTimes a100 = chat.on(AcceleratorType.A100);
        ServiceTimes h100 = chat.on(AcceleratorType.H100);
        assertEquals(4, chat.acceleratorsOn(AcceleratorType.A100));
        assertEquals(230, a100.prefillMs(1024), 12, "Splitwise, Llama-2-70B, 4 × A100");
        assertEquals(106, h100.prefillMs(1024), 12, "Splitwise, Llama-2-70B, 4 × H100");
        assertEquals(45, a100.itlMs(1), 3);
        assertEquals(29, h100.itlMs(1), 3);
        assertEquals(52, a100.itlMs(32), 6);
    }

    @Test
    void randomStreamsAreIndependentAndUniform() {
        RandomStream a = new RandomStream(1, "a");
        RandomStream again = new RandomStream(1, "a");
        double sum = 0;
        double normal = 0;
        double squares = 0;
        for (int i = 0; i < 50_000; i++) {
            assertEquals(a.nextLong(), again.nextLong());
            sum += a.nextDouble();
            again.nextDouble();
            double n = a.nextNormal();
            again.nextNormal();
            normal += n;
            squares += n * n;
        }
        assertEquals(0.5, sum / 50_000, 0.01);
        assertEquals(0, normal / 50_000, 0.02);
        assertEquals(1, squares / 50_000, 0.03);
    }
}
