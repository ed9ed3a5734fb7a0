package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.layout.Arrangement;
import io.latticeconsole.app.view.map.layout.DetailLevel;
import io.latticeconsole.app.view.map.scene.MapTopology;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javafx.util.Duration;

/// Shows a seeded lattice for a person to look at, saves a picture (PPM) and ends. Arguments: nodes, width, height,
/// arrangement, level
/// (or `-`), theme, file, `quiet` or `troubled`.
public final class MapDemo {
    public static void main(String[] args) {
        Application.launch(Window.class, args);
    }

    /// The window; apart, because a main class may not be an application on the class path.
    public static final class Window extends Application {
        @Override
        public void start(Stage stage) {
            java.util.List<String> a = getParameters().getRaw();
            MapTopology topology = SeededLattice.topology(Integer.parseInt(a.get(0)), 7);
            TopologyMap map = new TopologyMap(
                    Executors.newSingleThreadExecutor(
                            r -> Thread.ofPlatform().daemon().unstarted(r)),
                    new PlainWords());
            Scene scene = new Scene(map, Integer.parseInt(a.get(1)), Integer.parseInt(a.get(2)));
            scene.getStylesheets()
                    .add(MapDemo.class
                            .getResource("/io/latticeconsole/themes/tokens/" + a.get(5) + ".css")
                            .toExternalForm());
            scene.getRoot().setStyle("-fx-font-family: Inter; -fx-font-size: 13px");
            stage.setScene(scene);
            stage.show();
            map.show(
                    topology,
                    a.get(7).equals("quiet")
                            ? SeededLattice.quiet(topology, 3).build()
                            : SeededLattice.troubled(topology, 3));
            map.select("regions/r3/sites/par-1/nodes/n2");
            if (!a.get(3).equals("S")) {
                map.arrange(Arrangement.GEOGRAPHIC);
            }
            PauseTransition pause = new PauseTransition(Duration.millis(900));
            pause.setOnFinished(_ -> {
                if (!a.get(4).equals("-")) {
                    map.goTo(DetailLevel.valueOf(a.get(4)));
                }
                PauseTransition more = new PauseTransition(Duration.millis(700));
                more.setOnFinished(_ -> {
                    save(scene.snapshot(null), Path.of(a.get(6)));
                    stage.close();
                });
                more.play();
            });
            pause.play();
        }
    }

    private static void save(WritableImage image, Path file) {
        int w = (int) image.getWidth();
        int h = (int) image.getHeight();
        PixelReader pixels = image.getPixelReader();
        try (DataOutputStream out =
                new DataOutputStream(new java.io.BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeBytes("P6\n" + w + " " + h + "\n255\n");
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    int p = pixels.getArgb(x, y);
                    out.write(new byte[] {(byte) (p >> 16), (byte) (p >> 8), (byte) p});
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
