package io.latticeconsole.app.view.map.raster;

/// The map's colours as 0xRRGGBB, one for each token of a theme that the map uses.
public record MapPalette(
        int ground,
        int room,
        int tile,
        int line,
        int lineStrong,
        int ink,
        int text,
        int dim,
        int p1,
        int p2,
        int p3,
        int p4,
        int onP1,
        int onP2,
        int onP3,
        int onP4,
        int markOutline,
        int focus,
        int band,
        int coast,
        int land,
        int flow,
        int comet) {
    /// What is drawn before a theme has been applied.
    public static final MapPalette NIGHT = new MapPalette(
            0x1F2327, 0x23282C, 0x2C3237, 0x30363C, 0x4A525A, 0x7C868F, 0xD7DCE0, 0xA4ADB5, 0xF04259, 0xFFA51F,
            0xF9F7B4, 0x23A5E7, 0x0A0C0E, 0x0A0C0E, 0x0A0C0E, 0x0A0C0E, 0x1F2327, 0xD7DCE0, 0x363E46, 0x343B42,
            0x24292D, 0x7C868F, 0xE8ECEF);

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

    /// Colour of the number on a priority's shape.
    public int onPriority(int level) {
        return switch (level) {
            case 1 -> onP1;
            case 2 -> onP2;
            case 3 -> onP3;
            default -> onP4;
        };
    }
}
