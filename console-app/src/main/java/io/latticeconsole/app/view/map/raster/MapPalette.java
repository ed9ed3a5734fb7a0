package io.latticeconsole.app.view.map.raster;

/// The map's colours as 0xRRGGBB, taken from a theme's tokens.
public record MapPalette(
        int ground,
        int panel,
        int raised,
        int line,
        int lineStrong,
        int ink,
        int text,
        int dim,
        int p1,
        int p2,
        int p3,
        int p4,
        int focus,
        int band,
        int coast,
        int flow) {
    /// The night theme's colours.
    public static final MapPalette NIGHT = new MapPalette(
            0x1F2327, 0x23282D, 0x2B3138, 0x343B43, 0x4A535D, 0x7C868F, 0xD7DCE0, 0x98A1A9, 0xF04259, 0xFFA51F,
            0xF9F7B4, 0x23A5E7, 0xE8EDF2, 0x3D454E, 0x2E343A, 0x9AA5AE);

    /// Colour of an alarm priority, 1 to 4; without an alarm, the colour of text.
    public int priority(int level) {
        return switch (level) {
            case 1 -> p1;
            case 2 -> p2;
            case 3 -> p3;
            case 4 -> p4;
            default -> text;
        };
    }

    /// Whether marks lie on a light ground and need an outline.
    public boolean light() {
        return luma(ground) > 128;
    }

    /// Black or white, whichever is read better on a colour.
    public int over(int rgb) {
        return luma(rgb) > 120 ? 0x14171A : 0xFFFFFF;
    }

    private static int luma(int rgb) {
        return ((rgb >> 16 & 0xFF) * 54 + (rgb >> 8 & 0xFF) * 183 + (rgb & 0xFF) * 19) >> 8;
    }
}
