package io.latticeconsole.app;

import io.latticeconsole.app.format.Times;
import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.fx.Spaced;
import io.latticeconsole.app.fx.StateFeed;
import io.latticeconsole.app.fx.Ticks;
import io.latticeconsole.app.shell.Chord;
import io.latticeconsole.app.shell.Command;
import io.latticeconsole.app.shell.Commands;
import io.latticeconsole.app.shell.ConsoleWindow;
import io.latticeconsole.app.shell.LayoutFile;
import io.latticeconsole.app.shell.Picture;
import io.latticeconsole.app.shell.WindowLayout;
import io.latticeconsole.app.text.Words;
import io.latticeconsole.security.KeyMaterial;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.telemetry.Subscription;
import io.latticeconsole.wire.LatticeConnection;
import io.latticeconsole.wire.WatchRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// One console put together: store, connection, lanes, screens, window. The only place that builds the object graph and
/// starts threads. [#buildWindow] is for the FX thread, all else for any.
final class Wiring implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());
    /// The map is made anew no more often than the screen can show it.
    private static final Duration PULSE = Duration.ofMillis(16);

    private final InstantSource clock = InstantSource.system();
    private final LatticeStore store = LatticeStore.start();
    private final ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lattice-ticks").factory());
    private final ExecutorService raster = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("lattice-raster").factory());
    private final ExecutorService files = Executors.newVirtualThreadPerTaskExecutor();
    private final TroubleLane troubles = new TroubleLane(store, ticking, clock);
    private final Ticks ticks = new Ticks(ticking);
    private final LayoutFile layoutFile;
    private final ConsoleOptions options;
    private final boolean remembering;
    private final LatticeConnection connection;
    /// Of the console's own; reading it may read files, so not for the FX thread.
    private volatile @Nullable Instant certificateEnds;

    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    Wiring(ConsoleOptions options, boolean remembering) {
        this.options = options;
        this.remembering = remembering;
        layoutFile = new LayoutFile(LayoutFile.usualPath(System.getenv(), System.getProperty("user.home", ".")));
        KeyMaterial key = options.key();
        connection = LatticeConnection.open(List.of(), options.operator(), store, WatchRequest.NEWEST, key);
        if (key != null) {
            var _ = ticking.scheduleWithFixedDelay(() -> certificateEnds = key.expires(), 0, 10, TimeUnit.SECONDS);
        }
    }

    LatticeStore store() {
        return store;
    }

    LatticeConnection connection() {
        return connection;
    }

    /// Completes when the operator closed the window.
    CompletableFuture<@Nullable Void> closed() {
        return closed;
    }

    /// Reads the remembered layout; not for the FX thread.
    LayoutFile.Loaded loadLayout() {
        LayoutFile.Loaded loaded = remembering ? layoutFile.load() : new LayoutFile.Loaded(WindowLayout.DEFAULT, "");
        return options.theme() == null
                ? loaded
                : new LayoutFile.Loaded(loaded.layout().withTheme(options.theme()), loaded.problem());
    }

    /// Builds the window without showing it. FX thread.
    OpenWindow buildWindow(LayoutFile.Loaded remembered) {
        StateFeed feed = new StateFeed();
        Screens screens = new Screens(
                feed,
                store.samples(),
                troubles::troubles,
                () -> store.failures() + connection.failures() + troubles.failures(),
                connection.orders(),
                () -> Optional.ofNullable(certificateEnds),
                raster);
        Stage stage = new Stage();
        Commands commands = new Commands();
        OpenWindow open = new OpenWindow(stage, screens);
        ScreenCommands.add(screens, commands, open::window);
        commands.add(new Command(
                "picture", Command.Group.WINDOW, Chord.control(KeyCode.S), () -> savePicture(open.window())));
        commands.add(new Command("wall", Command.Group.WINDOW, Chord.of(KeyCode.F11), open::toggleWall));
        open.build(new ConsoleWindow(
                screens.contents(options.operator(), options.key() != null),
                commands,
                screens.topBar,
                screens.status,
                feed::newest,
                found -> screens.selection.select(found.name()),
                remembered.layout(),
                options.width(),
                options.height()));
        open.window().say(remembered.problem());
        stage.setOnHidden(_ -> save(open.window().layout()));
        follow(feed, screens, open);
        if (remembering) {
            open.fitScreen();
        }
        return open;
    }

    private void follow(StateFeed feed, Screens screens, OpenWindow open) {
        Spaced map = new Spaced(ticking, Fx.executor(), PULSE, () -> screens.tickMap(clock.instant()));
        Subscription states = store.subscribe(state -> {
            feed.offer(state);
            map.ask();
        });
        Subscription samples = store.samples().subscribe(map::ask);
        Subscription judged = troubles.subscribe(map::ask);
        feed.offer(store.state());
        open.owns(states::close);
        open.owns(samples::close);
        open.owns(judged::close);
        open.owns(ticks.every(Ticks.TABLES, () -> screens.tick(clock.instant()))::close);
        open.owns(ticks.every(Duration.ofSeconds(1), map::ask)::close);
    }

    private void savePicture(ConsoleWindow window) {
        Picture picture = Picture.of(window.scene());
        String time = Times.utc(clock.instant()).replace(":", "");
        Path path = Path.of(
                System.getProperty("user.home", "."),
                Words.of("picture.file", clock.instant().toString().substring(0, 10), time));
        var _ = CompletableFuture.supplyAsync(() -> written(picture, path), files)
                .thenAcceptAsync(window::say, Fx.executor());
    }

    private static String written(Picture picture, Path path) {
        try {
            picture.write(path);
            return Words.of("picture.saved", path);
        } catch (IOException e) {
            return Words.of("picture.unsaved", path, String.valueOf(e.getMessage()));
        }
    }

    private void save(WindowLayout layout) {
        files.execute(() -> {
            try {
                if (remembering) {
                    layoutFile.save(layout);
                }
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, Words.of("layout.unsaved", String.valueOf(e.getMessage())));
            }
            closed.complete(null);
        });
    }

    @Override
    public void close() {
        connection.close();
        troubles.close();
        store.close();
        ticking.shutdownNow();
        raster.shutdownNow();
        files.close();
    }
}
