package io.latticeconsole.alarm;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.PathId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is wrong at one moment, worst first; immutable. Nodes of a site that is down as a whole are not listed
/// again but keep their own priority.
public final class Troubles {
    public static final Troubles NONE = new Troubles(List.of(), Map.of());

    private static final Comparator<Trouble> WORST_FIRST = Comparator.comparingInt(Trouble::priority)
            .thenComparing(Trouble::since)
            .thenComparing(t -> t.subject().name());

    private final List<Trouble> listed;
    private final Map<ResourceName, Trouble> worst;
    private final Map<RegionId, Integer> regions = new HashMap<>();
    private final int[] counts = new int[5];

    private Troubles(List<Trouble> listed, Map<ResourceName, Trouble> worst) {
        this.listed = listed;
        this.worst = worst;
        listed.forEach(t -> counts[t.priority()]++);
        listed.forEach(t -> {
            RegionId region = regionOf(t.subject());
            if (region != null) {
                regions.merge(region, t.priority(), Math::min);
            }
        });
    }

    static Troubles of(Collection<Trouble> all) {
        Map<ResourceName, Trouble> worst = new HashMap<>();
        for (Trouble t : all) {
            worst.merge(t.subject(), t, (a, b) -> WORST_FIRST.compare(a, b) <= 0 ? a : b);
        }
        List<Trouble> listed = all.stream()
                .filter(t -> !isPartOfALostSite(t, worst))
                .sorted(WORST_FIRST)
                .toList();
        return new Troubles(listed, Map.copyOf(worst));
    }

    private static boolean isPartOfALostSite(Trouble trouble, Map<ResourceName, Trouble> worst) {
        if (!(trouble.subject() instanceof NodeId node)) {
            return false;
        }
        Trouble site = worst.get(node.site());
        return site != null && site.kind() == TroubleKind.SITE_DOWN;
    }

    /// Worst first, the longest standing first among equals.
    public List<Trouble> listed() {
        return listed;
    }

    /// Those of one object, worst first.
    public List<Trouble> of(ResourceName subject) {
        return listed.stream().filter(t -> t.subject().equals(subject)).toList();
    }

    /// The priority of an object by its own troubles: 1 to 4, 0 for none.
    public int priority(ResourceName subject) {
        Trouble trouble = worst.get(subject);
        return trouble == null ? 0 : trouble.priority();
    }

    /// The worst priority of a region and all in it, 0 for none.
    public int within(RegionId region) {
        return regions.getOrDefault(region, 0);
    }

    /// How many are listed with a priority, 1 to 4.
    public int count(int priority) {
        return counts[priority];
    }

    private static @Nullable RegionId regionOf(ResourceName subject) {
        return switch (subject) {
            case RegionId region -> region;
            case SiteId site -> site.region();
            case NodeId node -> node.region();
            case ReplicaId replica -> replica.node().region();
            case RouteId route -> route.region();
            case PathId path -> path.from().region();
            case ModelId _, GatewayId _ -> null;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Troubles that && listed.equals(that.listed) && worst.equals(that.worst);
    }

    @Override
    public int hashCode() {
        return listed.hashCode();
    }

    @Override
    public String toString() {
        return listed.toString();
    }
}
