package io.latticeconsole.app;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.fx.StateFeed;
import io.latticeconsole.app.shell.Contents;
import io.latticeconsole.app.shell.LiveUpdate;
import io.latticeconsole.app.shell.StatusViewModel;
import io.latticeconsole.app.view.exercise.ExerciseView;
import io.latticeconsole.app.view.exercise.ExerciseViewModel;
import io.latticeconsole.app.view.failovers.FailoversView;
import io.latticeconsole.app.view.failovers.FailoversViewModel;
import io.latticeconsole.app.view.inspector.InspectorView;
import io.latticeconsole.app.view.inspector.InspectorViewModel;
import io.latticeconsole.app.view.inspector.Sheet;
import io.latticeconsole.app.view.journal.JournalView;
import io.latticeconsole.app.view.journal.JournalViewModel;
import io.latticeconsole.app.view.map.MapLegend;
import io.latticeconsole.app.view.map.MapViewModel;
import io.latticeconsole.app.view.map.TopologyView;
import io.latticeconsole.app.view.models.ModelsView;
import io.latticeconsole.app.view.models.ModelsViewModel;
import io.latticeconsole.app.view.nodes.NodesView;
import io.latticeconsole.app.view.nodes.NodesViewModel;
import io.latticeconsole.app.view.operations.OperationsView;
import io.latticeconsole.app.view.operations.OperationsViewModel;
import io.latticeconsole.app.view.plan.PlanKind;
import io.latticeconsole.app.view.plan.PlanView;
import io.latticeconsole.app.view.plan.PlanViewModel;
import io.latticeconsole.app.view.regions.RegionsView;
import io.latticeconsole.app.view.regions.RegionsViewModel;
import io.latticeconsole.app.view.search.SearchView;
import io.latticeconsole.app.view.selection.Selection;
import io.latticeconsole.app.view.topbar.TopBarView;
import io.latticeconsole.app.view.topbar.TopBarViewModel;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.telemetry.SampleStore;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// All screens of one window with their view-models, and how they are brought up to date. Built and used on the FX
/// thread.
final class Screens {
    final StateFeed feed;
    final Selection selection = new Selection();
    final TopBarViewModel topBar = new TopBarViewModel(ZoneId.systemDefault());
    final StatusViewModel status;
    final MapViewModel map = new MapViewModel();
    final TopologyView topology;
    final PlanViewModel plan;
    final OperationsViewModel operations;
    final ExerciseViewModel exercise;
    private final NodesViewModel nodes = new NodesViewModel();
    private final InspectorViewModel inspector = new InspectorViewModel(selection);
    final RightRail right;
    private final FailoversViewModel failovers = new FailoversViewModel();
    private final JournalViewModel journal = new JournalViewModel();
    private final RegionsViewModel regions = new RegionsViewModel();
    private final ModelsViewModel models = new ModelsViewModel();
    private final SampleStore samples;
    private final Executor raster;
    private final Supplier<Troubles> troubles;
    private final LiveUpdate live;

    Screens(
            StateFeed feed,
            SampleStore samples,
            Supplier<Troubles> troubles,
            LongSupplier failures,
            LatticeOrders orders,
            Supplier<Optional<Instant>> certificateEnds,
            Executor raster) {
        this.feed = feed;
        this.samples = samples;
        this.raster = raster;
        this.troubles = troubles;
        status = new StatusViewModel(certificateEnds);
        plan = new PlanViewModel(orders, Fx.executor());
        operations = new OperationsViewModel(orders, Fx.executor());
        exercise = new ExerciseViewModel(orders, Fx.executor());
        topology = new TopologyView(map, selection, raster);
        right = new RightRail(
                plan,
                new InspectorView(inspector, this::planFromInspector),
                new PlanView(plan),
                close -> new ExerciseView(exercise, close));
        live = new LiveUpdate(feed::newest, samples, troubles, failures, topBar, regions, models, status);
    }

    Contents contents(String operator, boolean verified) {
        return new Contents(
                new TopBarView(topBar, operator, verified),
                new SearchView(feed, found -> {
                    selection.select(found.name());
                    topology.requestFocus();
                }),
                new RegionsView(regions, selection),
                new ModelsView(models, selection),
                topology,
                List.of(right),
                List.of(
                        new Contents.LowerTab("nodes", nodes.titleProperty(), new NodesView(nodes, selection)),
                        new Contents.LowerTab("operations", operations.titleProperty(), new OperationsView(operations)),
                        new Contents.LowerTab(
                                "failovers",
                                failovers.titleProperty(),
                                new FailoversView(failovers, selection::select)),
                        new Contents.LowerTab(
                                "journal", journal.titleProperty(), new JournalView(journal, selection::select))),
                List.of(new MapLegend(raster)));
    }

    /// Tables, figures and panes, at the pace of tables.
    void tick(Instant now) {
        ConsoleState state = feed.newest();
        live.tick(now);
        plan.update(state, now);
        operations.update(state, now);
        failovers.update(state, now);
        journal.update(state);
        exercise.update(state, now);
        nodes.update(state, samples, troubles.get(), now);
        inspector.update(state, samples, troubles.get(), now);
    }

    /// Opens the plan of an operation for what is selected; the keyboard comes back afterwards.
    ///
    /// @return whether there is such a plan for it
    boolean openPlan(PlanKind kind) {
        ResourceName selected = selection.selected();
        right.remember();
        return selected != null && plan.open(kind, selected);
    }

    private void planFromInspector(Sheet.Action action) {
        openPlan(
                switch (action) {
                    case DRAIN -> PlanKind.DRAIN;
                    case REROUTE -> PlanKind.REROUTE;
                    case REDEPLOY -> PlanKind.REDEPLOY;
                    case RESTORE -> PlanKind.RESTORE;
                });
    }

    /// The map, whenever state or samples have changed.
    void tickMap(Instant now) {
        map.update(feed.newest(), samples, troubles.get(), now);
    }
}
