package io.latticeconsole.app.view.inspector;

import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.format.NodeCondition;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.format.Times;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.app.text.Words;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LinkState;
import io.latticeconsole.store.LiveTraffic;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Everything known of a site or a region.
final class PlaceSheets {
    private PlaceSheets() {}

    static Sheet site(Seen seen, Site site) {
        List<Node> nodes = seen.nodes(n -> n.site().equals(site.id()));
        List<Section> sections = new ArrayList<>(Happenings.of(seen, site.id()));
        sections.addAll(Claims.of(seen, site.id()));
        List<Section.Fact> facts = new ArrayList<>();
        Watts power = sum(seen, nodes);
        facts.add(new Section.Fact(PaneText.of("fact.power"), powerOfCap(power, site.powerCap())));
        facts.add(new Section.Fact(PaneText.of("fact.inlet"), Figures.text(site.inlet())));
        facts.add(new Section.Fact(
                PaneText.of("metric.REQUESTS_PER_SECOND"),
                Figures.text(new PerSecond(total(seen, nodes, Metric.REQUESTS_PER_SECOND)))));
        sections.add(new Section.Facts(PaneText.of("inspector.numbers"), "", facts));
        sections.add(conditions(seen, nodes));
        sections.add(models(seen, nodes));
        sections.add(nodeItems(seen, nodes));
        String tier = PaneText.of("tier", site.tier());
        String region = ObjectNames.region(seen.lattice(), site.id().region());
        return new Sheet(
                site.code(),
                site.displayName() + " · " + region + " · " + tier,
                seen.troubles().priority(site.id()),
                unreachable(seen, site.id()),
                List.of(),
                sections,
                EnumSet.allOf(Sheet.Action.class));
    }

    private static String unreachable(Seen seen, SiteId site) {
        return seen.state().isReachable(site) ? "" : PaneText.of("banner.siteUnreachable");
    }

    private static String powerOfCap(Watts power, Watts cap) {
        if (!power.isPresent() || !cap.isPresent() || cap.value() <= 0) {
            return Figures.text(power);
        }
        Ratio share = new Ratio(power.value() / cap.value());
        return PaneText.of("fact.ofCap", Figures.text(power), Figures.text(share), Figures.text(cap));
    }

    private static Watts sum(Seen seen, List<Node> nodes) {
        return new Watts(total(seen, nodes, Metric.POWER_WATTS));
    }

    /// Sum over the nodes that have a reading, NaN if none has.
    private static double total(Seen seen, List<Node> nodes, Metric metric) {
        double sum = 0;
        boolean any = false;
        for (Node node : nodes) {
            float value = seen.latest(node.id(), metric);
            if (!Float.isNaN(value)) {
                sum += value;
                any = true;
            }
        }
        return any ? sum : Double.NaN;
    }

    private static Section conditions(Seen seen, List<Node> nodes) {
        Map<NodeCondition, Integer> counts = new EnumMap<>(NodeCondition.class);
        for (Node node : nodes) {
            counts.merge(NodeCondition.of(seen.state(), node, seen.heard(node.id()), seen.wallNow()), 1, Integer::sum);
        }
        List<Section.Fact> facts = counts.entrySet().stream()
                .map(e -> new Section.Fact(PaneText.of("condition", e.getKey()), Figures.count(e.getValue())))
                .toList();
        return new Section.Facts(PaneText.of("inspector.states"), nodes.size() + "", facts);
    }

    private static Section models(Seen seen, List<Node> nodes) {
        Map<String, int[]> byModel = new TreeMap<>();
        for (Node node : nodes) {
            for (Replica r : seen.lattice().replicasOf(node.id())) {
                int[] count = byModel.computeIfAbsent(r.model().code(), _ -> new int[2]);
                count[0] += seen.lattice().answers(r) ? 1 : 0;
                count[1] += r.state() == ReplicaState.UNLOADED ? 0 : 1;
            }
        }
        List<Section.Fact> facts = byModel.entrySet().stream()
                .map(e -> new Section.Fact(
                        e.getKey(), PaneText.of("replica.ready", e.getValue()[0] + "", e.getValue()[1] + "")))
                .toList();
        return new Section.Facts(PaneText.of("inspector.siteModels"), "", facts);
    }

    private static Section nodeItems(Seen seen, List<Node> nodes) {
        List<Section.Item> items = nodes.stream()
                .map(n -> new Section.Item(
                        n.id().code(),
                        PaneText.of("condition", NodeCondition.of(seen.state(), n, seen.heard(n.id()), seen.wallNow()))
                                + " · "
                                + NodeReadings.text(Metric.UTILIZATION, seen.latest(n.id(), Metric.UTILIZATION))
                                + " · "
                                + n.nodeClass(),
                        seen.troubles().priority(n.id()),
                        n.id()))
                .toList();
        return new Section.Items(PaneText.of("inspector.nodes"), items.size() + "", items);
    }

    static Sheet region(Seen seen, Region region) {
        List<Node> nodes = seen.nodes(n -> n.region().equals(region.id()));
        List<Section> sections = new ArrayList<>();
        sections.add(gateway(seen, region));
        List<FlowSample> flows = LiveTraffic.of(seen.state(), seen.samples()).flows().stream()
                .filter(f -> f.route().region().equals(region.id()))
                .toList();
        double ingress = flows.stream()
                .mapToDouble(f -> f.requests().value())
                .filter(Double::isFinite)
                .sum();
        List<Section.Fact> facts = new ArrayList<>();
        facts.add(new Section.Fact(
                PaneText.of("fact.ingress"), Figures.text(flows.isEmpty() ? PerSecond.NONE : new PerSecond(ingress))));
        facts.add(new Section.Fact(PaneText.of("fact.power"), Figures.text(sum(seen, nodes))));
        sections.add(new Section.Facts(PaneText.of("inspector.numbers"), "", facts));
        sections.add(FlowSections.bySite(seen, flows));
        sections.add(conditions(seen, nodes));
        sections.add(models(seen, nodes));
        sections.add(sites(seen, region, nodes));
        boolean reachable = seen.state().isReachable(region.id());
        return new Sheet(
                region.displayName(),
                PaneText.of("inspector.region", region.id().code()),
                seen.troubles().within(region.id()),
                reachable ? "" : PaneText.of("banner.regionUnreachable"),
                List.of(),
                sections,
                Set.of(Sheet.Action.REROUTE));
    }

    private static String heard(EndpointState owner, Instant now) {
        Instant last = owner.lastHeard();
        if (last == null) {
            return PaneText.of("banner.neverHeard");
        }
        return owner.link() == LinkState.LIVE
                ? PaneText.of("node.live")
                : PaneText.of("reading.age", Times.seconds(Duration.between(last, now)));
    }

    private static Section gateway(Seen seen, Region region) {
        List<Section.Fact> facts = new ArrayList<>();
        EndpointState owner = seen.state().ownerOf(region.id());
        facts.add(new Section.Fact(PaneText.of("fact.gateway"), region.gateway().code()));
        if (owner == null) {
            facts.add(new Section.Fact(PaneText.of("fact.link"), PaneText.of("link.NONE")));
        } else {
            facts.add(new Section.Fact(PaneText.of("fact.link"), PaneText.of("link", owner.link())));
            facts.add(new Section.Fact(PaneText.of("fact.address"), owner.address()));
            facts.add(new Section.Fact(PaneText.of("fact.heard"), heard(owner, seen.wallNow())));
            if (owner.link() != LinkState.LIVE && !owner.problem().isEmpty()) {
                facts.add(new Section.Fact(PaneText.of("fact.problem"), owner.problem()));
            }
            if (!owner.rejection().isEmpty()) {
                facts.add(new Section.Fact(PaneText.of("fact.problem"), owner.rejection()));
            }
        }
        return new Section.Facts(PaneText.of("inspector.gateway"), "", facts);
    }

    private static Section sites(Seen seen, Region region, List<Node> nodes) {
        Map<SiteId, Long> counts =
                nodes.stream().collect(Collectors.groupingBy(n -> n.id().site(), Collectors.counting()));
        List<Section.Item> items = seen.lattice().sites().values().stream()
                .filter(s -> s.id().region().equals(region.id()))
                .sorted(Comparator.comparing(Site::tier).thenComparing(Site::code))
                .map(s -> new Section.Item(
                        s.code(),
                        PaneText.of("tier", s.tier()) + " · " + Words.counted("nodes", counts.getOrDefault(s.id(), 0L)),
                        seen.troubles().priority(s.id()),
                        s.id()))
                .toList();
        return new Section.Items(PaneText.of("inspector.sites"), items.size() + "", items);
    }
}
