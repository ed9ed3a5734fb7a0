package io.latticeconsole.drill.world;

import io.latticeconsole.lattice.Tier;
import io.latticeconsole.world.AcceleratorRoom;
import io.latticeconsole.world.AcceleratorType;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.NodeSpec.Placed;
import io.latticeconsole.world.RegionSpec;
import io.latticeconsole.world.SiteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Places a generated lattice's first replicas: region by region, model by model, until the ready capacity is
/// about twice the offered load, spread over sites first and machines second.
final class Placement {
    /// Ready capacity over mean offered load: room for the daily peak, bursts and the loss of the largest site.
    private static final double MARGIN = 2.1;

    /// Each model has at least this many replicas in a region that can host it.
    private static final int LEAST = 2;

    /// Goes first, as it needs several neighbouring accelerators.
    private static final int LARGEST = 0;

    private final List<SiteSpec> sites;
    private final List<NodeSpec> nodes;
    private final List<RegionSpec> regions;
    private final List<ModelSpec> models;
    private final double rate;
    private final AcceleratorRoom[] room;
    private final int[][] nodesOf;
    private final int[][] counts;
    private final List<List<Placed>> placed = new ArrayList<>();

    Placement(
            List<SiteSpec> sites, List<NodeSpec> nodes, List<RegionSpec> regions, List<ModelSpec> models, double rate) {
        this.sites = sites;
        this.nodes = nodes;
        this.regions = regions;
        this.models = models;
        this.rate = rate;
        this.room = new AcceleratorRoom[nodes.size()];
        for (int i = 0; i < room.length; i++) {
            room[i] = new AcceleratorRoom(nodes.get(i).nodeClass());
            placed.add(new ArrayList<>());
        }
        this.counts = new int[nodes.size()][models.size()];
        this.nodesOf = new int[regions.size()][];
        for (int r = 0; r < nodesOf.length; r++) {
            int region = r;
            nodesOf[r] = IntStream.range(0, nodes.size())
                    .filter(i -> sites.get(nodes.get(i).site()).region() == region)
                    .toArray();
        }
    }

    List<NodeSpec> place() {
        for (int r = 0; r < regions.size(); r++) {
            placeModel(r, LARGEST);
            for (int m = models.size() - 1; m > LARGEST; m--) {
                placeModel(r, m);
            }
        }
        List<NodeSpec> result = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            NodeSpec n = nodes.get(i);
            result.add(new NodeSpec(n.id(), n.site(), n.nodeClass(), n.address(), n.thermalFactor(), placed.get(i)));
        }
        return result;
    }

    private void placeModel(int region, int model) {
        ModelSpec spec = models.get(model);
        double need = rate * spec.mix() * regions.get(region).share() * MARGIN;
        int[] atSite = new int[sites.size()];
        double capacity = 0;
        for (int count = 0; capacity < need || count < LEAST; count++) {
            int node = bestNode(region, spec, atSite, model);
            if (node < 0) {
                return;
            }
            AcceleratorType type = nodes.get(node).nodeClass().type();
            int accelerators = spec.acceleratorsOn(type);
            int first = room[node].take(spec.billions(), spec.sizeBytes(), accelerators);
            String code = spec.id().code() + "-" + (countOf(node, model) + 1);
            placed.get(node).add(new Placed(code, model, first, accelerators));
            counts[node][model]++;
            atSite[nodes.get(node).site()]++;
            capacity += spec.capacityOn(type);
        }
    }

    private int countOf(int node, int model) {
        return counts[node][model];
    }

    /// The node with the fewest replicas of the model at its site and on itself for the accelerators it has left.
    private int bestNode(int region, ModelSpec spec, int[] atSite, int model) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i : nodesOf[region]) {
            NodeSpec n = nodes.get(i);
            SiteSpec site = sites.get(n.site());
            AcceleratorType type = n.nodeClass().type();
            if (!spec.tiers().contains(site.tier()) || !spec.runsOn(type)) {
                continue;
            }
            if (room[i].find(spec.billions(), spec.sizeBytes(), spec.acceleratorsOn(type)) < 0) {
                continue;
            }
            double score = 3.0 * countOf(i, model) + 1.0 * atSite[n.site()] + 4 * room[i].used();
            score += spec.billions() < 5 && site.tier() == Tier.REGIONAL ? 4 : 0;
            if (score < least) {
                least = score;
                best = i;
            }
        }
        return best;
    }
}
