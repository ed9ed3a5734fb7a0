package io.latticeconsole.app.shell;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.view.models.ModelsViewModel;
import io.latticeconsole.app.view.regions.RegionsViewModel;
import io.latticeconsole.app.view.topbar.TopBarViewModel;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LiveTraffic;
import io.latticeconsole.telemetry.SampleStore;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Brings top bar, left rail and status bar up to date: at once when the state has changed, else once a second
/// for figures and ages. To be called at the pace of tables. FX thread.
public final class LiveUpdate {
    private final Supplier<ConsoleState> state;
    private final SampleStore samples;
    private final Supplier<Troubles> troubles;
    private final LongSupplier failures;
    private final TopBarViewModel topBar;
    private final RegionsViewModel regions;
    private final ModelsViewModel models;
    private final StatusViewModel status;
    private long shownVersion = -1;
    private long shownSecond = -1;
    private Troubles shownTroubles = Troubles.NONE;

    public LiveUpdate(
            Supplier<ConsoleState> state,
            SampleStore samples,
            Supplier<Troubles> troubles,
            LongSupplier failures,
            TopBarViewModel topBar,
            RegionsViewModel regions,
            ModelsViewModel models,
            StatusViewModel status) {
        this.state = state;
        this.samples = samples;
        this.troubles = troubles;
        this.failures = failures;
        this.topBar = topBar;
        this.regions = regions;
        this.models = models;
        this.status = status;
    }

    public void tick(Instant now) {
        ConsoleState newest = state.get();
        Troubles wrong = troubles.get();
        boolean newSecond = now.getEpochSecond() != shownSecond;
        if (newest.version() == shownVersion && !newSecond && wrong.equals(shownTroubles)) {
            return;
        }
        boolean structure = newest.version() != shownVersion || newSecond;
        shownVersion = newest.version();
        shownSecond = now.getEpochSecond();
        shownTroubles = wrong;
        LiveTraffic traffic = LiveTraffic.of(newest, samples);
        topBar.update(newest, traffic, samples, wrong, now);
        if (structure) {
            regions.update(newest, traffic.flows(), wrong, now);
            models.update(newest, traffic, wrong, now);
            status.update(newest, samples.counts(), failures.getAsLong(), now);
        }
    }
}
