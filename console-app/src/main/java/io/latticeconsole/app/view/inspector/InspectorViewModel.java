package io.latticeconsole.app.view.inspector;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.app.view.selection.Selection;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.NetworkPath;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.telemetry.SampleStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Everything known of what is selected, as one sheet; at most one new sheet per [#update]. FX thread only.
public final class InspectorViewModel {
    private final Selection selection;
    private final ReadOnlyObjectWrapper<@Nullable Sheet> sheet = new ReadOnlyObjectWrapper<>();
    private @Nullable Seen seen;

    public InspectorViewModel(Selection selection) {
        this.selection = selection;
        selection.selectedProperty().addListener(_ -> show());
    }

    /// What to show, null while nothing is selected.
    public ReadOnlyObjectProperty<@Nullable Sheet> sheetProperty() {
        return sheet.getReadOnlyProperty();
    }

    /// Takes over what is known now.
    public void update(ConsoleState newest, SampleStore samples, Troubles troubles, Instant wallNow) {
        seen = Seen.of(newest, samples, troubles, wallNow);
        show();
    }

    private void show() {
        ResourceName selected = selection.selected();
        Seen now = seen;
        Sheet next = selected == null || now == null ? null : sheet(now, selected);
        if (next == null || !next.equals(sheet.get())) {
            sheet.set(next);
        }
    }

    /// Selects something that the sheet names.
    public void go(ResourceName target) {
        selection.select(target);
    }

    private Sheet sheet(Seen seen, ResourceName selected) {
        if (selected instanceof GatewayId gateway) {
            return seen.lattice().regions().values().stream()
                    .filter(r -> r.gateway().equals(gateway))
                    .findFirst()
                    .map(r -> PlaceSheets.region(seen, r))
                    .orElseGet(() -> gone(seen, selected));
        }
        LatticeObject object = seen.lattice().object(selected);
        return switch (object) {
            case null -> gone(seen, selected);
            case Node node -> NodeSheet.of(seen, node);
            case Site site -> PlaceSheets.site(seen, site);
            case Region region -> PlaceSheets.region(seen, region);
            case Model model -> TrafficSheets.model(seen, model);
            case Route route -> TrafficSheets.route(seen, route);
            case NetworkPath path -> TrafficSheets.path(seen, path);
            case Replica replica -> sheet(seen, replica.id().node());
        };
    }

    private static Sheet gone(Seen seen, ResourceName selected) {
        return new Sheet(
                ObjectNames.of(seen.lattice(), selected),
                selected.name(),
                0,
                PaneText.of("banner.gone"),
                List.of(),
                List.of(),
                Set.of());
    }
}
