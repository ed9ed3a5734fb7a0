package io.latticeconsole.plan;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.Placement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Nodes with room for one more replica, nearest first; none that the region's clients cannot reach.
public final class Hosts {
    private final LatticeState lattice;
    private final Reach reach;
    private final Fleet fleet;
    private final List<Placement> taken = new ArrayList<>();

    /// @param promised placements that other operations have not loaded yet; their room is taken
    public Hosts(LatticeState lattice, Collection<Reservation> promised) {
        this(lattice, promised, new Fleet(lattice, lattice.models().keySet()));
    }

    Hosts(LatticeState lattice, Collection<Reservation> promised, Fleet fleet) {
        this.lattice = lattice;
        this.reach = new Reach(lattice);
        this.fleet = fleet;
        promised.forEach(r -> taken.addAll(r.promised()));
    }

    /// The nearest serving node to a site that fits the model, or null; its room is taken from then on.
    public @Nullable Placement next(ModelId id, SiteId near, Set<NodeId> except) {
        Model model = lattice.models().get(id);
        if (model == null) {
            return null;
        }
        Node best = null;
        double least = Double.POSITIVE_INFINITY;
        for (Node node : lattice.nodes().values()) {
            if (node.adminState() == AdminState.SERVING
                    && node.health() == Health.UP
                    && !node.throttled()
                    && !except.contains(node.id())) {
                double km = reach.km(near, node.id().site());
                boolean closer =
                        km < least || (km == least && best != null && node.id().compareTo(best.id()) < 0);
                if (closer && reach.reaches(near.region(), node.id().site()) && fits(model, node)) {
                    least = km;
                    best = node;
                }
            }
        }
        if (best == null) {
            return null;
        }
        var placement = new Placement(id, best.id(), model.loadSeconds());
        taken.add(placement);
        return placement;
    }

    private boolean fits(Model model, Node node) {
        Site site = lattice.sites().get(node.id().site());
        if (site == null || (!model.tiers().isEmpty() && !model.tiers().contains(site.tier()))) {
            return false;
        }
        Fleet.Fit fit = fleet.fit(model.id(), node);
        if (fit == null) {
            return false;
        }
        List<Model> toCome = taken.stream()
                .filter(p -> p.node().equals(node.id()))
                .map(p -> lattice.models().get(p.model()))
                .filter(Objects::nonNull)
                .toList();
        return Room.fits(lattice, node.id(), model, fit.accelerators(), toCome);
    }
}
