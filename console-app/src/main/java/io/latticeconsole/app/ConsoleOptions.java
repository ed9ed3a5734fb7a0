package io.latticeconsole.app;

import io.latticeconsole.app.style.Theme;
import io.latticeconsole.drill.DrillOptions;
import io.latticeconsole.security.KeyMaterial;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a console window is started with: addresses to connect to, or a drill lattice to bring along. Without
/// a `theme` it is the one remembered; `width` and `height` are of the scene, in pixels. With a `key` the
/// connection is mutual TLS, and `operator` the name in its certificate.
public record ConsoleOptions(
        List<String> connect,
        Optional<DrillOptions> drill,
        @Nullable Theme theme,
        String operator,
        int width,
        int height,
        @Nullable KeyMaterial key) {
    public ConsoleOptions {
        connect = List.copyOf(connect);
        if (connect.isEmpty() == drill.isEmpty()) {
            throw new IllegalArgumentException("a console either connects to addresses or brings a drill lattice");
        }
    }

    /// Over plaintext.
    public ConsoleOptions(
            List<String> connect,
            Optional<DrillOptions> drill,
            @Nullable Theme theme,
            String operator,
            int width,
            int height) {
        this(connect, drill, theme, operator, width, height, null);
    }
}
