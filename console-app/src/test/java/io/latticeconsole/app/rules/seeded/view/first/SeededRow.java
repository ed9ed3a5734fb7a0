package io.latticeconsole.app.rules.seeded.view.first;

import com.google.protobuf.Timestamp;
import io.latticeconsole.app.rules.seeded.view.second.SeededView;
import io.latticeconsole.server.EndpointServer;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.control.Label;
import javafx.scene.paint.Color;

/// Breaks the rules on rooms, views, wire types, the drill, the FX thread, scenes, style, colour and output on purpose.
public final class SeededRow {
    public String breakAll() {
        new Label().setStyle("-fx-opacity: 1");
        Platform.runLater(() -> System.out.println(Color.web("#123456")));
        return new SeededView().row(this) + Timestamp.getDefaultInstance();
    }

    public Optional<EndpointServer> port() {
        return Optional.empty();
    }
}
