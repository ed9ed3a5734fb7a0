package io.latticeconsole.plan;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.PathId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the loss of one more node or site would leave unserved, as it is and after an operation.
///
/// A site keeps what its remaining replicas can serve; the rest goes to any site that its clients reach, up to rated
/// capacity, regions with the least choice first. While no path is cut that is exact: load is unserved just when it
/// exceeds what is free elsewhere.
final class Contingencies {
    /// Below that a rate is rounding.
    private static final double NOTHING = 0.01;

    private static final int NAMED = 3;

    /// A loss and the requests/s of a model that nothing could take then.
    record Loss(ResourceName lost, double unserved) {}

    /// A model at a site at one of the two times.
    private record Part(
            SiteId site, double capacity, double load, Map<RegionId, Double> from, Map<NodeId, Double> nodes) {
        double free() {
            return Math.max(0, capacity - load);
        }
    }

    private final List<Part> parts;
    private final double free;
    private final boolean whole;

    /// Which parts the clients of a region reach, by the part's place.
    private final Map<RegionId, boolean[]> reached = new TreeMap<>();

    private final Map<RegionId, Double> freeFor = new TreeMap<>();

    private Contingencies(Reach reach, List<Part> parts) {
        this.parts = parts;
        free = parts.stream().mapToDouble(Part::free).sum();
        boolean all = true;
        for (Part p : parts) {
            for (RegionId client : p.from.keySet()) {
                all &= reached.containsKey(client) || reachesAll(reach, client);
            }
        }
        whole = all;
    }

    private boolean reachesAll(Reach reach, RegionId client) {
        boolean[] to = new boolean[parts.size()];
        double open = 0;
        boolean all = true;
        for (int i = 0; i < to.length; i++) {
            to[i] = reach.reaches(client, parts.get(i).site);
            open += to[i] ? parts.get(i).free() : 0;
            all &= to[i];
        }
        reached.put(client, to);
        freeFor.put(client, open);
        return all;
    }

    static List<Loss> before(Forecast f, ModelId model) {
        return new Contingencies(
                        f.reach,
                        f.cells(model).stream()
                                .map(c -> new Part(c.site, c.capacityBefore, c.loadBefore, c.fromBefore, c.nodesBefore))
                                .toList())
                .losses();
    }

    static List<Loss> after(Forecast f, ModelId model) {
        return new Contingencies(
                        f.reach,
                        f.cells(model).stream()
                                .map(c -> new Part(c.site, c.capacity, c.load(), c.from, c.nodes))
                                .toList())
                .losses();
    }

    /// The losses that leave something of the model unserved, worst first.
    private List<Loss> losses() {
        List<Loss> found = new ArrayList<>();
        for (Part p : parts) {
            double all = p.capacity <= 0 ? 0 : unserved(p, p.capacity);
            if (all > NOTHING) {
                found.add(new Loss(p.site, all));
            }
            Map<Double, Double> known = new HashMap<>();
            p.nodes.forEach((node, capacity) -> {
                double left = capacity <= 0 ? 0 : known.computeIfAbsent(capacity, c -> unserved(p, c));
                if (left > NOTHING) {
                    found.add(new Loss(node, left));
                }
            });
        }
        found.sort(Comparator.comparingDouble((Loss l) -> -l.unserved)
                .thenComparing(l -> l.lost().name()));
        return found;
    }

    /// Requests/s without a place when a part loses so much capacity; what it cannot serve already does not count.
    private double unserved(Part at, double lost) {
        double already = Math.max(0, at.load - at.capacity);
        double displaced = Math.max(0, at.load - Math.max(0, at.capacity - lost)) - already;
        if (displaced <= NOTHING) {
            return 0;
        }
        return whole ? Math.max(0, displaced - (free - at.free())) : greedy(at, displaced);
    }

    private double greedy(Part at, double displaced) {
        double total =
                at.from.values().stream().mapToDouble(Double::doubleValue).sum();
        double[] open = new double[parts.size()];
        for (int i = 0; i < open.length; i++) {
            open[i] = parts.get(i).site.equals(at.site) ? 0 : parts.get(i).free();
        }
        List<RegionId> order = at.from.keySet().stream()
                .sorted(Comparator.comparingDouble(r -> freeFor.getOrDefault(r, 0.0)))
                .toList();
        double unserved = 0;
        for (RegionId region : order) {
            boolean[] to = reached.getOrDefault(region, new boolean[open.length]);
            double left = displaced * at.from.getOrDefault(region, 0.0) / total;
            for (int i = 0; i < open.length && left > 0; i++) {
                double some = to[i] ? Math.min(left, open[i]) : 0;
                open[i] -= some;
                left -= some;
            }
            unserved += left;
        }
        return unserved;
    }

    /// Violations of one model: losses that it would no longer withstand, and losses that it does not withstand now.
    static void violations(Forecast f, Model model, List<Violation> found) {
        Set<ResourceName> before = new HashSet<>();
        before(f, model.id()).forEach(l -> before.add(l.lost()));
        List<Loss> after = after(f, model.id());
        List<Loss> added =
                after.stream().filter(l -> !before.contains(l.lost())).toList();
        List<Loss> old = after.stream().filter(l -> before.contains(l.lost())).toList();
        if (!added.isEmpty()) {
            found.add(violation(model, added, false));
        }
        if (!old.isEmpty()) {
            found.add(violation(model, old, true));
        }
    }

    private static Violation violation(Model model, List<Loss> losses, boolean before) {
        StringBuilder text = new StringBuilder();
        for (Loss l : losses.subList(0, Math.min(NAMED, losses.size()))) {
            text.append(text.isEmpty() ? "without " : ", without ")
                    .append(String.format(Locale.ROOT, "%s %.1f/s", shortName(l.lost()), l.unserved()));
        }
        int more = losses.size() - NAMED;
        text.append(" of ").append(model.id().code()).append(" would find no ready capacity");
        text.append(more > 0 ? "; so for " + more + " other losses" : "");
        return new Violation(ViolationKind.N_MINUS_1, model.id().name(), text.toString(), before);
    }

    private static String shortName(ResourceName lost) {
        return switch (lost) {
            case NodeId node -> node.site().code() + "/" + node.code();
            case SiteId site -> site.code();
            case RegionId _, ReplicaId _, ModelId _, RouteId _, PathId _, GatewayId _ -> lost.name();
        };
    }
}
