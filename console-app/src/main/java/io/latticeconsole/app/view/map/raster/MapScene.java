package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.layout.Camera;
import io.latticeconsole.app.view.map.layout.Levels;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.layout.Projection;
import io.latticeconsole.app.view.map.layout.Routes;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import org.jspecify.annotations.Nullable;

/// One picture to draw: everything that decides a pixel. Immutable; crosses from the FX thread to the raster lane.
///
/// Parts are compared by identity to see what changed, so whoever makes scenes reuses the parts that did not.
///
/// @param look where from and how large
/// @param style in which colours, letters and words
/// @param focus what is picked out
/// @param clock moments in ns of the monotonic clock, for what moves
public record MapScene(
        MapTopology topology,
        MapFrame frame,
        Placement placement,
        @Nullable Projection projection,
        Routes routes,
        Levels levels,
        Look look,
        Style style,
        Focus focus,
        Clock clock) {
    /// @param width, height pixels of the picture @param moving whether the camera is under way: links are then one
    /// solid pixel
    public record Look(Camera camera, int width, int height, boolean moving) {}

    public record Style(MapPalette palette, GlyphAtlas atlas, MapWords words) {}

    /// @param selected, hovered anchors, -1 for none @param keyboard whether the map has the keyboard
    public record Focus(int selected, int hovered, boolean keyboard) {
        public static final Focus NONE = new Focus(-1, -1, false);
    }

    /// @param now when the picture is for @param frameAt when the frame arrived @param drift whether flows drift
    public record Clock(long now, long frameAt, boolean drift) {}

    /// Age of the frame in seconds.
    double sinceFrame() {
        return Math.max(0, (clock.now - clock.frameAt) / 1e9);
    }
}
