package io.latticeconsole.app.bench.map;

import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.fx.NewestWins;
import io.latticeconsole.app.style.StyleSheets;
import io.latticeconsole.app.style.Theme;
import io.latticeconsole.app.view.map.TopologyMap;
import io.latticeconsole.app.view.map.TopologyWords;
import io.latticeconsole.drill.bench.Workload;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.wire.LatticeConnection;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Rectangle;
import javafx.stage.Stage;
import javafx.stage.StageStyle;

/// The window process of [MapBench]: connects through the product's own wire and store, draws with the product's own
/// map, prints one
/// JSON line. Arguments: nodes, address.
public final class MapBenchWindow {
    private static final long PATIENCE_SECONDS = 60;

    private MapBenchWindow() {}

    public static void main(String[] arguments) throws InterruptedException {
        int nodes = Integer.parseInt(arguments[0]);
        Workload workload = new Workload(nodes);
        ExecutorService raster = Executors.newSingleThreadExecutor(
                r -> Thread.ofPlatform().name("map-raster").daemon(true).unstarted(r));
        LatticeStore store = LatticeStore.start();
        CountDownLatch complete = new CountDownLatch(1);
        store.subscribe(state -> {
            if (isComplete(state, workload) && store.samples().size() >= nodes) {
                complete.countDown();
            }
        });
        try (PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
                LatticeConnection connection = LatticeConnection.open(List.of(arguments[1]), "bench", store)) {
            if (!complete.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                out.println("heard only %d of %d nodes and %d of %d links from %s in %d s"
                        .formatted(
                                store.state().lattice().nodes().size(),
                                nodes,
                                store.state().lattice().paths().size(),
                                workload.links(),
                                arguments[1],
                                PATIENCE_SECONDS));
                return;
            }
            out.println(measure(workload, store, raster, connection));
        } finally {
            Fx.exit();
            raster.shutdown();
            store.close();
        }
    }

    private static boolean isComplete(ConsoleState state, Workload workload) {
        return state.lattice().nodes().size() == workload.nodes()
                && state.lattice().paths().size() == workload.links();
    }

    private static String measure(
            Workload workload, LatticeStore store, ExecutorService raster, LatticeConnection connection)
            throws InterruptedException {
        Fx.start();
        WorkloadScene scene = new WorkloadScene(workload, store.state());
        CountDownLatch done = new CountDownLatch(1);
        Figures figures = new Figures("map");
        Fx.executor().execute(() -> {
            TopologyMap map = new TopologyMap(raster, new TopologyWords());
            Rectangle spot = new Rectangle(2, 2);
            spot.setManaged(false);
            Stage stage = new Stage(StageStyle.UNDECORATED);
            stage.setScene(new Scene(new StackPane(map, spot), Workload.WIDTH, Workload.HEIGHT));
            StyleSheets.apply(stage.getScene(), Theme.NIGHT, 1);
            stage.setX(0);
            stage.setY(0);
            stage.show();
            map.showPlaced(scene.topology(), scene.placement(), scene.frame(store.samples()));
            map.setDrift(true);
            MapRun run = new MapRun(map, scene, spot, () -> {
                // A window still shown while the toolkit ends is told of the mouse after its pipeline is gone.
                stage.hide();
                done.countDown();
            });
            NewestWins<Long> arrivals = new NewestWins<>(at -> run.arrived(at, scene.frame(store.samples())));
            store.samples().subscribe(() -> arrivals.offer(System.nanoTime()));
            run.start(figures);
        });
        done.await();
        figures.put("checksum", workload.checksum()).put("failures", store.failures() + connection.failures());
        return figures.putMachine().line();
    }
}
