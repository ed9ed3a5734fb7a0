package io.latticeconsole.app.view.map.layout;

/// Where the map is looked at from: pixel = world × scale + offset.
///
/// @param scale pixels per world unit, above 0
public record Camera(double scale, double offsetX, double offsetY) {
    /// Least and greatest scale that a person can zoom to.
    public static final double MIN_SCALE = 0.02;
    public static final double MAX_SCALE = 8;

    public Camera {
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("Camera scale %s is not above 0".formatted(scale));
        }
    }

    /// The camera that shows a whole placement in a view of so many pixels, at most at `maxScale`.
    public static Camera fit(Placement placement, double viewWidth, double viewHeight, double margin, double maxScale) {
        double w = Math.max(1, placement.width());
        double h = Math.max(1, placement.height());
        double room = Math.min((viewWidth - 2 * margin) / w, (viewHeight - 2 * margin) / h);
        double s = Math.clamp(room, 1e-4, maxScale);
        double x = (viewWidth - w * s) / 2;
        double y = placement.arrangement() == Arrangement.SCHEMATIC ? margin : (viewHeight - h * s) / 2;
        return new Camera(s, Math.rint(x), Math.rint(y));
    }

    public double screenX(double worldX) {
        return worldX * scale + offsetX;
    }

    public double screenY(double worldY) {
        return worldY * scale + offsetY;
    }

    public double worldX(double screenX) {
        return (screenX - offsetX) / scale;
    }

    public double worldY(double screenY) {
        return (screenY - offsetY) / scale;
    }

    public Camera panned(double dx, double dy) {
        return new Camera(scale, offsetX + dx, offsetY + dy);
    }

    /// Zoomed by a factor with the world under one pixel staying there; within the limits of scale.
    public Camera zoomed(double factor, double pixelX, double pixelY) {
        double s = Math.clamp(scale * factor, Math.min(scale, MIN_SCALE), Math.max(scale, MAX_SCALE));
        double f = s / scale;
        return new Camera(s, pixelX - (pixelX - offsetX) * f, pixelY - (pixelY - offsetY) * f);
    }

    /// At another scale with a point of the world in the middle of the view.
    public static Camera centred(double scale, double worldX, double worldY, double viewWidth, double viewHeight) {
        return new Camera(scale, Math.rint(viewWidth / 2 - worldX * scale), Math.rint(viewHeight / 2 - worldY * scale));
    }
}
