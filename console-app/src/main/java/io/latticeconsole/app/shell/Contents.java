package io.latticeconsole.app.shell;

import io.latticeconsole.app.view.models.ModelsView;
import io.latticeconsole.app.view.regions.RegionsView;
import io.latticeconsole.app.view.search.SearchView;
import io.latticeconsole.app.view.topbar.TopBarView;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/// The screens that a window holds. What has nothing behind it is absent: `right` and `lower` may be empty, `legend` is
/// shown in the list of keys.
public record Contents(
        TopBarView topBar,
        SearchView search,
        RegionsView regions,
        ModelsView models,
        Region centre,
        List<Region> right,
        List<LowerTab> lower,
        List<Node> legend) {
    public Contents {
        right = List.copyOf(right);
        lower = List.copyOf(lower);
        legend = List.copyOf(legend);
    }

    /// A tab below the centre; its title may carry a count.
    public record LowerTab(String id, ObservableValue<String> title, Region content) {}
}
