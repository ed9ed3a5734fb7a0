package io.latticeconsole.app.view.map.raster;

/// What every painter needs: where to paint and in which colours, letters and words. For one thread.
///
/// @param surface pixels to fill
/// @param strokes smooth strokes, with scratch memory
/// @param marks alarm shapes, drawn once each
record Brush(
        Surface surface, Strokes strokes, MarkSprites marks, MapPalette palette, GlyphAtlas atlas, MapWords words) {}
