package io.latticeconsole.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeReducer;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.SiteEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LossForecastTest {
    private static LatticeState down(LatticeState lattice, NodeId id) {
        Node n = Objects.requireNonNull(lattice.nodes().get(id));
        return LatticeReducer.apply(
                lattice,
                new LatticeEvent.ObjectChanged(new Node(
                        id,
                        n.index(),
                        n.nodeClass(),
                        n.accelerators(),
                        n.adminState(),
                        Health.DOWN,
                        "connection broken",
                        n.healthSince(),
                        n.address(),
                        n.expected(),
                        n.limits(),
                        n.mainModel(),
                        n.latencyMetric(),
                        n.throttled(),
                        n.etag())));
    }

    @Test
    void itIsTheSameWhetherTheStateKnowsOfTheLossOrNot() {
        Scene scene = Scene.of(96, 0.6);
        Random random = new Random(5);
        List<NodeId> nodes = scene.lattice().nodes().keySet().stream().sorted().toList();
        int told = 0;
        for (int round = 0; round < 40; round++) {
            SiteId site = nodes.get(random.nextInt(nodes.size())).site();
            LatticeState after = scene.lattice();
            List<Replica> lost = new ArrayList<>();
            for (NodeId id : nodes) {
                if (id.site().equals(site)) {
                    lost.addAll(scene.lattice().replicasOf(id));
                    after = down(after, id);
                }
            }
            List<SiteEffect> before = LossForecast.effects(scene.lattice(), scene.load(), lost);
            assertEquals(pairs(before), pairs(LossForecast.effects(after, scene.load(), lost)));
            for (SiteEffect e : before) {
                assertTrue(e.change() < 0 == e.site().equals(site), () -> e + " after the loss of " + site);
                told++;
            }
        }
        assertTrue(told > 40, "of most losses something is worth telling");
    }

    private static List<String> pairs(List<SiteEffect> effects) {
        return effects.stream()
                .map(e -> "%s %s %.3f".formatted(e.site(), e.model(), e.change()))
                .sorted()
                .toList();
    }

    @Test
    void whatALostSiteServedGoesElsewhereWhole() {
        Scene scene = Scene.of(96, 0.3);
        SiteId site =
                scene.lattice().sites().keySet().stream().sorted().findFirst().orElseThrow();
        List<Replica> lost = new ArrayList<>();
        scene.lattice().nodes().keySet().stream()
                .filter(n -> n.site().equals(site))
                .forEach(n -> lost.addAll(scene.lattice().replicasOf(n)));
        List<SiteEffect> effects = LossForecast.effects(scene.lattice(), scene.load(), lost);
        assertFalse(effects.isEmpty());
        for (Replica replica : lost) {
            double gone = sum(effects, replica, true);
            assertTrue(gone < 0, () -> replica + " served something");
            assertEquals(-gone, sum(effects, replica, false), 1.5, "what is below 0.5/s at a site is not told");
        }
    }

    private static double sum(List<SiteEffect> effects, Replica replica, boolean leaves) {
        return effects.stream()
                .filter(e -> e.model().equals(replica.model()) && e.change() < 0 == leaves)
                .mapToDouble(SiteEffect::change)
                .sum();
    }
}
