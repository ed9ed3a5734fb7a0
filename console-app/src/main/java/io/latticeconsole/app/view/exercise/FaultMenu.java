package io.latticeconsole.app.view.exercise;

import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.PathId;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What each kind of fault strikes and which numbers it takes.
final class FaultMenu {
    private FaultMenu() {}

    /// Kinds of object that a fault can strike.
    enum Strikes {
        NODE,
        SITE,
        REGION,
        GATEWAY,
        PATH,
        MODEL
    }

    static Strikes strikes(FaultKind kind) {
        return switch (kind) {
            case NODE_CRASH, NODE_SILENT, ACCELERATOR_XID, THERMAL_RUNAWAY, SLOW_NODE, STALE_TELEMETRY, LEMON_NODE ->
                Strikes.NODE;
            case SITE_POWER_LOSS, POWER_CAP -> Strikes.SITE;
            case CONTROL_LOSS, INGRESS_LOSS, CLOCK_SKEW -> Strikes.GATEWAY;
            case PARTITION, ARRIVAL_BURST -> Strikes.REGION;
            case LINK_SLOW, LINK_LOSSY, LINK_CUT -> Strikes.PATH;
            case BAD_MODEL_VERSION -> Strikes.MODEL;
        };
    }

    /// Range of the magnitude as a key of its unit, or empty where the fault has none.
    static String magnitudeUnit(FaultKind kind) {
        return switch (kind) {
            case SLOW_NODE, ARRIVAL_BURST -> "factor";
            case LINK_SLOW -> "millis";
            case LINK_LOSSY -> "percent";
            case BAD_MODEL_VERSION -> "errors";
            case POWER_CAP -> "watts";
            case LEMON_NODE, CLOCK_SKEW -> "seconds";
            case NODE_CRASH,
                    NODE_SILENT,
                    CONTROL_LOSS,
                    INGRESS_LOSS,
                    SITE_POWER_LOSS,
                    ACCELERATOR_XID,
                    THERMAL_RUNAWAY,
                    LINK_CUT,
                    PARTITION,
                    STALE_TELEMETRY -> "";
        };
    }

    /// All objects that a fault of that kind can strike, in order of name.
    static List<? extends ResourceName> choices(LatticeState lattice, FaultKind kind) {
        return switch (strikes(kind)) {
            case NODE -> lattice.nodes().keySet().stream().sorted().toList();
            case SITE -> lattice.sites().keySet().stream().sorted().toList();
            case REGION -> lattice.regions().keySet().stream().sorted().toList();
            case PATH -> lattice.paths().keySet().stream().sorted().toList();
            case MODEL -> lattice.models().keySet().stream().sorted().toList();
            case GATEWAY ->
                lattice.regions().values().stream()
                        .map(Region::gateway)
                        .distinct()
                        .sorted()
                        .toList();
        };
    }

    /// The object of the right kind that a selection stands for, or null where there is none.
    static @Nullable ResourceName preset(LatticeState lattice, FaultKind kind, @Nullable ResourceName selected) {
        if (selected == null) {
            return null;
        }
        return switch (strikes(kind)) {
            case NODE -> node(selected);
            case SITE -> site(selected);
            case REGION -> region(selected);
            case GATEWAY -> gateway(lattice, selected);
            case PATH -> path(lattice, selected);
            case MODEL -> model(selected);
        };
    }

    private static @Nullable ResourceName node(ResourceName selected) {
        return selected instanceof NodeId ? selected : selected instanceof ReplicaId r ? r.node() : null;
    }

    private static @Nullable SiteId site(ResourceName selected) {
        return switch (selected) {
            case SiteId site -> site;
            case NodeId node -> node.site();
            case ReplicaId replica -> replica.node().site();
            case PathId path -> path.from();
            case RegionId _, ModelId _, RouteId _, GatewayId _ -> null;
        };
    }

    private static @Nullable RegionId region(ResourceName selected) {
        SiteId site = site(selected);
        return site != null
                ? site.region()
                : selected instanceof RegionId region ? region : selected instanceof RouteId r ? r.region() : null;
    }

    private static @Nullable ResourceName gateway(LatticeState lattice, ResourceName selected) {
        if (selected instanceof GatewayId) {
            return selected;
        }
        RegionId id = region(selected);
        Region region = id == null ? null : lattice.regions().get(id);
        return region == null ? null : region.gateway();
    }

    private static @Nullable ResourceName path(LatticeState lattice, ResourceName selected) {
        if (selected instanceof PathId) {
            return selected;
        }
        SiteId from = site(selected);
        return lattice.paths().keySet().stream()
                .filter(p -> p.from().equals(from))
                .sorted()
                .findFirst()
                .orElse(null);
    }

    private static @Nullable ResourceName model(ResourceName selected) {
        return selected instanceof ModelId ? selected : selected instanceof RouteId r ? r.model() : null;
    }
}
