package io.latticeconsole.app.format;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.PathId;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What people call an object of the lattice: `PAR-1 / n2` for `regions/eu/sites/par-1/nodes/n2`.
public final class ObjectNames {
    private ObjectNames() {}

    public static String of(LatticeState lattice, ResourceName name) {
        return switch (name) {
            case RegionId region -> region(lattice, region);
            case SiteId site -> site(lattice, site);
            case NodeId node -> site(lattice, node.site()) + " / " + node.code();
            case ReplicaId replica -> of(lattice, replica.node()) + " / " + replica.code();
            case ModelId model -> model(lattice, model);
            case RouteId route -> region(lattice, route.region()) + " · " + route.code();
            case PathId path -> site(lattice, path.from()) + " → " + path.code().toUpperCase(Locale.ROOT);
            case GatewayId gateway -> "gateway " + gateway.code();
        };
    }

    /// The same for a name as text, as events and refusals carry it; what is no name of an object stays as it is.
    public static String of(LatticeState lattice, String name) {
        String[] parts = name.split("/", -1);
        if (parts.length < 2) {
            return name;
        }
        return switch (parts[parts.length - 2]) {
            case "regions" -> of(lattice, new RegionId(name));
            case "sites" -> of(lattice, new SiteId(name));
            case "nodes" -> of(lattice, new NodeId(name));
            case "replicas" -> of(lattice, new ReplicaId(name));
            case "models" -> of(lattice, new ModelId(name));
            case "routes" -> of(lattice, new RouteId(name));
            case "paths" -> of(lattice, new PathId(name));
            case "gateways" -> of(lattice, new GatewayId(name));
            case "operations", "failovers", "faults" -> parts[parts.length - 1].toUpperCase(Locale.ROOT);
            default -> name;
        };
    }

    private static final Pattern NAMES = Pattern.compile(
            "\\b(?:regions|models|gateways|operations|failovers|faults)/(?:[a-z0-9][a-z0-9.-]*/)*[a-z0-9][a-z0-9.-]*(?<![.-])");

    /// A sentence that came over the wire, with what people call them in place of the full names in it.
    public static String inText(LatticeState lattice, String sentence) {
        return NAMES.matcher(sentence).replaceAll(m -> Matcher.quoteReplacement(called(lattice, m.group())));
    }

    private static String called(LatticeState lattice, String name) {
        try {
            return of(lattice, name);
        } catch (IllegalArgumentException notOne) {
            return name;
        }
    }

    /// A site's code, from its name while the site itself is not known.
    public static String site(LatticeState lattice, SiteId id) {
        Site site = lattice.sites().get(id);
        return site == null ? id.code().toUpperCase(Locale.ROOT) : site.code();
    }

    public static String region(LatticeState lattice, RegionId id) {
        Region region = lattice.regions().get(id);
        return region == null ? id.code() : region.displayName();
    }

    public static String model(LatticeState lattice, ModelId id) {
        Model model = lattice.models().get(id);
        return model == null ? id.code() : model.displayName();
    }
}
