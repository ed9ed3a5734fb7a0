package io.latticeconsole.app.view.search;

import io.latticeconsole.app.text.Words;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.store.ConsoleState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The objects of a lattice that can be found by a few letters; built anew only when the set of objects changes. FX
/// thread.
public final class ObjectIndex {
    private record Hit(Found found, int score) {}

    private List<Found> objects = List.of();
    private long topology = -1;
    private int models = -1;

    /// The best matches, best first; none for an empty query.
    public List<Found> find(ConsoleState state, String query, int most) {
        if (query.isBlank()) {
            return List.of();
        }
        refresh(state);
        List<Hit> hits = new ArrayList<>();
        for (Found found : objects) {
            int score = score(query, found);
            if (score != Fuzzy.NO_MATCH) {
                hits.add(new Hit(found, score));
            }
        }
        hits.sort(Comparator.comparingInt(Hit::score)
                .reversed()
                .thenComparing(h -> h.found().name().name()));
        return hits.stream().limit(most).map(Hit::found).toList();
    }

    /// By title; by title and detail together if that does not match, after all that do.
    private static int score(String query, Found found) {
        int byTitle = Fuzzy.score(query, found.title());
        if (byTitle != Fuzzy.NO_MATCH) {
            return byTitle;
        }
        int byBoth = Fuzzy.score(query, found.title() + " " + found.detail());
        return byBoth == Fuzzy.NO_MATCH ? Fuzzy.NO_MATCH : byBoth / 4;
    }

    private void refresh(ConsoleState state) {
        LatticeState lattice = state.lattice();
        if (state.topologyVersion() == topology && lattice.models().size() == models) {
            return;
        }
        topology = state.topologyVersion();
        models = lattice.models().size();
        List<Found> all = new ArrayList<>();
        for (Region region : lattice.regions().values()) {
            all.add(new Found(region.id(), region.displayName(), Words.of("kind.region")));
        }
        for (Site site : lattice.sites().values()) {
            all.add(new Found(site.id(), site.code(), site.displayName() + " · " + Words.of("tier", site.tier())));
        }
        for (NodeId node : lattice.nodes().keySet()) {
            Site site = lattice.sites().get(node.site());
            String where = site == null ? node.site().code() : site.code();
            all.add(new Found(node, where + " / " + node.code(), Words.of("kind.node")));
        }
        for (Model model : lattice.models().values()) {
            all.add(new Found(model.id(), model.displayName(), Words.of("kind.model")));
        }
        objects = List.copyOf(all);
    }
}
