package io.latticeconsole.app.view.map.layout;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Land outlines in degrees, from the compact resource beside the view (Natural Earth, public domain; see
/// `coastline.txt`). Immutable.
public final class Coastline {
    private static final String RESOURCE = "/io/latticeconsole/app/view/map/coastline.bin";
    private static final double UNITS_PER_DEGREE = 160;

    private final List<float[]> rings;

    private Coastline(List<float[]> rings) {
        this.rings = rings;
    }

    private static final class Lazy {
        static final Coastline LAND = load();
    }

    /// The land of the world, read once.
    public static Coastline land() {
        return Lazy.LAND;
    }

    private static Coastline load() {
        try (InputStream in = Coastline.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The coastline %s is missing from the program".formatted(RESOURCE));
            }
            return read(in);
        } catch (IOException e) {
            throw new IllegalStateException("The coastline %s cannot be read".formatted(RESOURCE), e);
        }
    }

    /// Reads the compact form.
    ///
    /// @throws IOException when it ends early or names an impossible number of rings
    public static Coastline read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in));
        int count = data.readInt();
        if (count < 0 || count > 100_000) {
            throw new IOException("A coastline of %d rings; expected 0 to 100000".formatted(count));
        }
        List<float[]> rings = new ArrayList<>(count);
        for (int r = 0; r < count; r++) {
            float[] ring = new float[data.readUnsignedShort() * 2];
            for (int i = 0; i < ring.length; i++) {
                ring[i] = (float) (data.readShort() / UNITS_PER_DEGREE);
            }
            rings.add(ring);
        }
        return new Coastline(List.copyOf(rings));
    }

    public int ringCount() {
        return rings.size();
    }

    public int points(int ring) {
        return rings.get(ring).length / 2;
    }

    public double longitude(int ring, int point) {
        return rings.get(ring)[point * 2];
    }

    public double latitude(int ring, int point) {
        return rings.get(ring)[point * 2 + 1];
    }
}
