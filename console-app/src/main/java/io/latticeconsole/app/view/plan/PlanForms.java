package io.latticeconsole.app.view.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Forms filled in from what is selected.
final class PlanForms {
    private PlanForms() {}

    /// The form of an operation on an object, or null where it makes no sense for it.
    static @Nullable PlanForm of(LatticeState lattice, PlanKind kind, ResourceName selected) {
        return switch (kind) {
            case DRAIN -> drain(lattice, selected);
            case RESTORE -> restore(lattice, selected);
            case REROUTE -> reroute(lattice, selected);
            case REDEPLOY -> redeploy(lattice, selected);
        };
    }

    private static @Nullable ResourceName machines(ResourceName selected) {
        return switch (selected) {
            case NodeId node -> node;
            case SiteId site -> site;
            case ReplicaId replica -> replica.node();
            default -> null;
        };
    }

    private static @Nullable DrainForm drain(LatticeState lattice, ResourceName selected) {
        ResourceName target = machines(selected);
        if (target == null) {
            return null;
        }
        DrainForm form = new DrainForm();
        form.targetsProperty().set(Targets.text(lattice, List.of(target)));
        return form;
    }

    private static @Nullable RestoreForm restore(LatticeState lattice, ResourceName selected) {
        ResourceName target = machines(selected);
        if (target == null) {
            return null;
        }
        RestoreForm form = new RestoreForm();
        form.targetsProperty().set(Targets.text(lattice, List.of(target)));
        return form;
    }

    private static @Nullable RerouteForm reroute(LatticeState lattice, ResourceName selected) {
        SiteId away = switch (selected) {
            case SiteId site -> site;
            case NodeId node -> node.site();
            case ReplicaId replica -> replica.node().site();
            default -> null;
        };
        Route route = routeOf(lattice, selected);
        if (route == null) {
            return null;
        }
        RerouteForm form = new RerouteForm(lattice, route);
        if (away != null) {
            form.withdraw(away);
        }
        return form;
    }

    /// The route meant by a selection: itself, a model's or region's first, or the one that leans most on a site.
    private static @Nullable Route routeOf(LatticeState lattice, ResourceName selected) {
        return switch (selected) {
            case RouteId route -> lattice.routes().get(route);
            case RegionId region -> first(lattice, r -> r.id().region().equals(region), null);
            case ModelId model -> first(lattice, r -> r.id().model().equals(model), null);
            case SiteId site -> first(lattice, r -> share(r, site) > 0, site);
            case NodeId node -> ofNode(lattice, node);
            case ReplicaId replica -> ofNode(lattice, replica.node());
            default -> null;
        };
    }

    private static @Nullable Route ofNode(LatticeState lattice, NodeId id) {
        Node node = lattice.nodes().get(id);
        ModelId main = node == null ? null : node.mainModel();
        Route own = main == null
                ? null
                : first(lattice, r -> r.id().model().equals(main) && share(r, id.site()) > 0, id.site());
        return own != null ? own : first(lattice, r -> share(r, id.site()) > 0, id.site());
    }

    private static @Nullable Route first(LatticeState lattice, Predicate<Route> which, @Nullable SiteId leaning) {
        Comparator<Route> order = Comparator.comparingDouble((Route r) -> leaning == null ? 0 : -share(r, leaning));
        return lattice.routes().values().stream()
                .filter(which)
                .min(order.thenComparing(Route::id))
                .orElse(null);
    }

    private static double share(Route route, SiteId site) {
        return route.weights().stream()
                .filter(w -> w.site().equals(site))
                .mapToDouble(w -> w.weight())
                .sum();
    }

    private static @Nullable RedeployForm redeploy(LatticeState lattice, ResourceName selected) {
        ResourceName machines = machines(selected);
        ModelId model = switch (selected) {
            case ModelId m -> m;
            case RouteId route -> route.model();
            default -> machines == null ? null : modelOn(lattice, machines);
        };
        if (model == null || !lattice.models().containsKey(model)) {
            return null;
        }
        RedeployForm form = new RedeployForm(lattice, model);
        form.versionProperty().set(nextVersion(lattice.models().get(model)));
        if (machines != null) {
            form.nodesProperty().set(Targets.text(lattice, List.of(machines)));
        }
        return form;
    }

    private static @Nullable ModelId modelOn(LatticeState lattice, ResourceName machines) {
        return lattice.nodes().values().stream()
                .filter(n -> n.id().equals(machines) || n.id().site().equals(machines))
                .sorted(Comparator.comparing(Node::id))
                .map(n -> n.mainModel() != null ? n.mainModel() : firstReplica(lattice, n.id()))
                .filter(m -> m != null)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable ModelId firstReplica(LatticeState lattice, NodeId node) {
        return lattice.replicasOf(node).stream()
                .map(r -> r.model())
                .sorted()
                .findFirst()
                .orElse(null);
    }

    /// The version listed after the present one, else the present one.
    private static String nextVersion(Model model) {
        int now = model.versions().indexOf(model.version());
        boolean newer = now >= 0 && now + 1 < model.versions().size();
        return newer ? model.versions().get(now + 1) : model.version();
    }
}
