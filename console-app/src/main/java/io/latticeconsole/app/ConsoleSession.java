package io.latticeconsole.app;

import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.shell.LayoutFile;
import io.latticeconsole.app.shell.Picture;
import io.latticeconsole.drill.DrillLattice;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LinkState;
import io.latticeconsole.telemetry.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javafx.geometry.Bounds;
import org.jspecify.annotations.Nullable;

/// An open console window, with the drill lattice that it brought along if it did. Not for the FX thread.
public final class ConsoleSession implements AutoCloseable {
    private final @Nullable DrillLattice drill;
    private final Wiring wiring;
    private final OpenWindow window;

    private ConsoleSession(@Nullable DrillLattice drill, Wiring wiring, OpenWindow window) {
        this.drill = drill;
        this.wiring = wiring;
        this.window = window;
    }

    /// Starts the toolkit and, if asked for, a drill lattice beside it, connects over loopback, and shows the window in
    /// its usual layout, whatever was remembered.
    ///
    /// @throws IOException if the drill lattice cannot listen or its trace cannot be read
    /// @throws IllegalArgumentException naming an address or option that is wrong
    public static ConsoleSession open(ConsoleOptions options) throws IOException, InterruptedException {
        return open(options, false);
    }

    /// The same; `remembering` the layout of the last time and, when the window closes, for the next.
    static ConsoleSession open(ConsoleOptions options, boolean remembering) throws IOException, InterruptedException {
        CompletableFuture<@Nullable Void> toolkit = new CompletableFuture<>();
        Thread.ofVirtual().name("toolkit-start").start(() -> {
            try {
                Fx.start();
                toolkit.complete(null);
            } catch (InterruptedException | RuntimeException e) {
                toolkit.completeExceptionally(e);
            }
        });
        // The window is built while the lattice starts, and shown only if that succeeds.
        Wiring wiring = new Wiring(options, remembering);
        LayoutFile.Loaded layout = wiring.loadLayout();
        CompletableFuture<OpenWindow> built = toolkit.thenApplyAsync(_ -> wiring.buildWindow(layout), Fx.executor());
        DrillLattice drill = null;
        try {
            drill = options.drill().isPresent()
                    ? DrillLattice.start(options.drill().get())
                    : null;
            wiring.connection().seek(drill == null ? options.connect() : drill.addresses());
            OpenWindow window = built.get();
            onFx(() -> {
                window.show();
                return true;
            });
            return new ConsoleSession(drill, wiring, window);
        } catch (IOException | InterruptedException | RuntimeException e) {
            discard(built, wiring, drill);
            throw e;
        } catch (ExecutionException e) {
            discard(built, wiring, drill);
            throw new IllegalStateException("the window could not be opened: " + e.getCause(), e.getCause());
        }
    }

    private static void discard(CompletableFuture<OpenWindow> built, Wiring wiring, @Nullable DrillLattice drill) {
        var _ = built.thenAcceptAsync(OpenWindow::discard, Fx.executor());
        wiring.close();
        if (drill != null) {
            drill.close();
        }
    }

    /// Waits until every gateway is heard and something was drawn of each.
    ///
    /// @throws TimeoutException if that takes longer, saying what is missing
    /// @throws IOException as soon as something answers that is no lattice of this contract
    public void awaitLive(Duration atMost) throws InterruptedException, TimeoutException, IOException {
        CompletableFuture<List<String>> live = new CompletableFuture<>();
        Runnable look = () -> {
            ConsoleState state = wiring.store().state();
            List<String> wrong = state.endpoints().values().stream()
                    .filter(e -> e.link() == LinkState.INCOMPATIBLE)
                    .map(EndpointState::problem)
                    .toList();
            if (!wrong.isEmpty() || missing(state).isEmpty()) {
                live.complete(wrong);
            }
        };
        try (Subscription _ = wiring.store().subscribe(_ -> look.run());
                Subscription _ = wiring.store().samples().subscribe(look)) {
            look.run();
            List<String> wrong = live.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            if (!wrong.isEmpty()) {
                throw new IOException(String.join("; ", wrong));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new TimeoutException("not live after " + atMost.toSeconds() + " s: "
                    + String.join(", ", missing(wiring.store().state())));
        }
    }

    private List<String> missing(ConsoleState state) {
        if (state.endpoints().isEmpty()) {
            return List.of("no endpoint is known");
        }
        return state.endpoints().values().stream()
                .filter(e -> e.link() != LinkState.LIVE
                        || !wiring.store().samples().traffic().containsKey(e.address()))
                .map(e -> e.address() + " is " + e.link() + said(e.problem()) + said(e.rejection()))
                .toList();
    }

    private static String said(String sentence) {
        return sentence.isEmpty() ? "" : ", " + sentence;
    }

    /// The window as it is drawn now.
    public Picture picture() throws InterruptedException {
        return onFx(() -> Picture.of(window.window().scene()));
    }

    /// Where in the picture the nodes are that a CSS selector finds, in the scene's units.
    public List<Bounds> boundsOf(String selector) throws InterruptedException {
        return onFx(() -> window.window().scene().getRoot().lookupAll(selector).stream()
                .map(n -> n.localToScene(n.getBoundsInLocal()))
                .toList());
    }

    /// Waits until the map has drawn a reading of every node.
    ///
    /// @throws TimeoutException if that takes longer
    public void awaitDrawn(Duration atMost) throws InterruptedException, TimeoutException {
        try {
            onFx(this::watch).live().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Completes with the wall time at which a node was seen on the screen itself with the cross of a dead node, or
    /// without it.
    public CompletableFuture<Instant> seen(NodeId node, boolean crossed) throws InterruptedException {
        return onFx(() -> watch().seen(node, crossed));
    }

    private ScreenWatch watch() {
        return new ScreenWatch(window.screens().topology.map(), InstantSource.system());
    }

    public void select(ResourceName name) throws InterruptedException {
        onFx(() -> {
            window.screens().selection.select(name);
            return true;
        });
    }

    /// Runs a command of the window, such as `map.geographic` or `exercise.inject`.
    ///
    /// @throws IllegalArgumentException if there is none of that id
    public void run(String command) throws InterruptedException {
        onFx(() -> {
            window.window().commands().all().stream()
                    .filter(c -> c.id().equals(command))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no command " + command))
                    .action()
                    .run();
            return true;
        });
    }

    private static <T> T onFx(Supplier<T> work) throws InterruptedException {
        try {
            return CompletableFuture.supplyAsync(work, Fx.executor()).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /// The newest state of the store.
    public ConsoleState state() {
        return wiring.store().state();
    }

    /// Orders to the lattice, as the window gives them.
    public LatticeOrders orders() {
        return wiring.connection().orders();
    }

    /// Waits until the operator closes the window.
    public void awaitClosed() throws InterruptedException {
        try {
            wiring.closed().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Closes the window, the connection and the drill lattice; the toolkit goes on.
    @Override
    public void close() {
        // The window first and to its end: what it still has drawn or saved runs in lanes that the wiring closes.
        CompletableFuture.runAsync(window::close, Fx.executor()).join();
        wiring.closed().join();
        wiring.close();
        if (drill != null) {
            drill.close();
        }
    }
}
