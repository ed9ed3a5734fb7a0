package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Sites and nodes as people type them, `PAR-1/n2, AMS-1`, and back.
final class Targets {
    private Targets() {}

    /// What was understood, and a sentence for the first thing that was not, empty where there is none.
    record Read(List<ResourceName> names, String problem) {}

    static String text(LatticeState lattice, List<? extends ResourceName> targets) {
        return targets.stream().map(t -> code(lattice, t)).collect(Collectors.joining(", "));
    }

    /// `PAR-1/n2`: what an operator types to confirm.
    static String code(LatticeState lattice, ResourceName target) {
        return ObjectNames.of(lattice, target).replace(" / ", "/");
    }

    static Read read(LatticeState lattice, String text) {
        List<ResourceName> names = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String code = part.replace(" ", "");
            if (code.isEmpty()) {
                continue;
            }
            ResourceName name = find(lattice, code);
            if (name == null) {
                return new Read(List.of(), PaneText.of("target.unknown", part.strip()));
            }
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return new Read(names, "");
    }

    private static @Nullable ResourceName find(LatticeState lattice, String code) {
        int slash = code.indexOf('/');
        String siteCode = slash < 0 ? code : code.substring(0, slash);
        SiteId site = lattice.sites().values().stream()
                .filter(s -> s.code().equalsIgnoreCase(siteCode))
                .map(Site::id)
                .findFirst()
                .orElse(null);
        if (site == null || slash < 0) {
            return site;
        }
        String nodeCode = code.substring(slash + 1);
        return lattice.nodes().keySet().stream()
                .filter(n -> Objects.equals(n.site(), site) && n.code().equalsIgnoreCase(nodeCode))
                .findFirst()
                .orElse(null);
    }

    /// Whether two locks on targets exclude each other: the same object, or a site and a node of it.
    static boolean overlap(ResourceName a, ResourceName b) {
        return a.equals(b)
                || (a instanceof NodeId n && n.site().equals(b))
                || (b instanceof NodeId m && m.site().equals(a));
    }
}
