package io.latticeconsole.app.view.inspector;

import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.format.NodeCondition;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.format.Times;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Everything known of one node.
final class NodeSheet {
    private NodeSheet() {}

    static Sheet of(Seen seen, Node node) {
        NodeCondition condition = NodeCondition.of(seen.state(), node, seen.heard(node.id()), seen.wallNow());
        List<Section> sections = new ArrayList<>();
        sections.addAll(Happenings.of(seen, node.id()));
        sections.addAll(Claims.of(seen, node.id().site()));
        sections.add(new Section.Facts(
                PaneText.of("inspector.numbers"),
                PaneText.of(condition.isOld() ? "inspector.notTold" : "inspector.told"),
                NodeReadings.further(seen, node, condition)));
        sections.add(models(seen, node, condition.isOld()));
        sections.add(accelerators(node));
        return new Sheet(
                ObjectNames.of(seen.lattice(), node.id()),
                subtitle(seen, node),
                seen.troubles().priority(node.id()),
                banner(seen, node, condition),
                NodeReadings.four(seen, node, condition),
                sections,
                actions(node));
    }

    private static String subtitle(Seen seen, Node node) {
        Site site = seen.lattice().sites().get(node.id().site());
        String tier = site == null ? "" : PaneText.of("tier", site.tier()) + " · ";
        return ObjectNames.region(seen.lattice(), node.id().region())
                + " · "
                + tier
                + node.nodeClass()
                + " · "
                + node.address();
    }

    /// One sentence: the condition, since when, why.
    private static String banner(Seen seen, Node node, NodeCondition condition) {
        Instant heard = seen.heard(node.id());
        String reason =
                node.healthReason().isEmpty() ? "" : " — " + ObjectNames.inText(seen.lattice(), node.healthReason());
        String last = heard == null
                ? PaneText.of("banner.neverHeard")
                : PaneText.of("banner.lastHeard", Times.seconds(Duration.between(heard, seen.wallNow())));
        return switch (condition) {
            case UNREACHABLE -> PaneText.of("banner.unreachable", last);
            case DOWN -> PaneText.of("banner.down", since(seen, node)) + reason + ", " + last;
            case SUSPECT -> PaneText.of("banner.suspect", since(seen, node)) + reason + ", " + last;
            case STALE -> PaneText.of("banner.stale", last);
            case DRAINING -> PaneText.of("banner.draining");
            case DRAINED -> PaneText.of("banner.drained");
            case CORDONED -> PaneText.of("banner.cordoned");
            case WARMING -> PaneText.of("banner.warming");
            case SERVING -> node.throttled() ? PaneText.of("banner.throttled") : "";
        };
    }

    private static String since(Seen seen, Node node) {
        Instant now = seen.latticeNow();
        return now == null ? Times.utc(node.healthSince()) : Times.seconds(Duration.between(node.healthSince(), now));
    }

    private static Section models(Seen seen, Node node, boolean old) {
        List<Section.Item> items = seen.lattice().replicasOf(node.id()).stream()
                .sorted(Comparator.comparing(Replica::id))
                .map(r -> new Section.Item(
                        r.model().code() + " " + r.version(),
                        old ? PaneText.of("reading.wasShort", note(r)) : note(r),
                        0,
                        r.model()))
                .toList();
        String none = items.isEmpty() ? PaneText.of("inspector.noModels") : "";
        return new Section.Items(PaneText.of("inspector.models"), none, items);
    }

    private static String note(Replica r) {
        String capacity = r.capacity().isPresent() ? PaneText.of("replica.capacity", Figures.text(r.capacity())) : "";
        String message = r.message().isEmpty() ? "" : " · " + r.message();
        return PaneText.of("replica.state", r.state()) + capacity + message;
    }

    private static Section accelerators(Node node) {
        List<Section.Item> items = node.accelerators().stream()
                .map(a -> new Section.Item(name(a), health(a), 0, null))
                .toList();
        return new Section.Items(PaneText.of("inspector.accelerators"), "", items);
    }

    private static String name(Accelerator a) {
        return a.isProcessors()
                ? PaneText.of("accelerator.processors")
                : PaneText.of("accelerator.name", a.index() + "", a.product());
    }

    private static String health(Accelerator a) {
        String power = a.tdp().isPresent() ? " · " + Figures.text(a.tdp()) : "";
        String memory = Figures.bytes(a.memoryBytes()) + power;
        if (a.healthy()) {
            return PaneText.of("accelerator.healthy") + " · " + memory;
        }
        String xid = a.lastXid() > 0 ? PaneText.of("accelerator.xid", a.lastXid() + "") : "";
        return PaneText.of("accelerator.out") + xid + (a.fault().isEmpty() ? "" : ": " + a.fault());
    }

    private static Set<Sheet.Action> actions(Node node) {
        Set<Sheet.Action> actions = EnumSet.allOf(Sheet.Action.class);
        if (node.adminState() == AdminState.SERVING) {
            actions.remove(Sheet.Action.RESTORE);
        } else {
            actions.remove(Sheet.Action.DRAIN);
        }
        return actions;
    }
}
