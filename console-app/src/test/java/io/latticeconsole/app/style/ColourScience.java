package io.latticeconsole.app.style;

import javafx.scene.paint.Color;

/// Contrast and colour difference, also as colour-blind people see it.
final class ColourScience {
    /// How somebody sees, by Brettel, Viénot and Mollon, "Computerized simulation of color appearance for
    /// dichromats", JOSA A 14 (1997). The matrices act on linear sRGB, one on each side of a separating plane, as
    /// computed by the public-domain libDaltonLens for the fundamentals of Smith and Pokorny.
    @SuppressWarnings("ImmutableEnumChecker") // matrices, never written
    enum Vision {
        NORMAL(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[] {0, 0, 0
        }),
        PROTAN(
                new double[] {0.14980, 1.19548, -0.34528, 0.10764, 0.84864, 0.04372, 0.00384, -0.00540, 1.00156},
                new double[] {0.14570, 1.16172, -0.30742, 0.10816, 0.85291, 0.03892, 0.00386, -0.00524, 1.00139},
                new double[] {0.00048, 0.00393, -0.00441}),
        DEUTAN(
                new double[] {0.36477, 0.86381, -0.22858, 0.26294, 0.64245, 0.09462, -0.02006, 0.02728, 0.99278},
                new double[] {0.37298, 0.88166, -0.25464, 0.25954, 0.63506, 0.10540, -0.01980, 0.02784, 0.99196},
                new double[] {-0.00281, -0.00611, 0.00892}),
        TRITAN(
                new double[] {1.01277, 0.13548, -0.14826, -0.01243, 0.86812, 0.14431, 0.07589, 0.80500, 0.11911},
                new double[] {0.93678, 0.18979, -0.12657, 0.06154, 0.81526, 0.12320, -0.37562, 1.12767, 0.24796},
                new double[] {0.03901, -0.02788, -0.01113});

        private final double[] above;
        private final double[] below;
        private final double[] plane;

        Vision(double[] above, double[] below, double[] plane) {
            this.above = above;
            this.below = below;
            this.plane = plane;
        }

        double[] seen(double[] rgb) {
            double side = plane[0] * rgb[0] + plane[1] * rgb[1] + plane[2] * rgb[2];
            double[] seen = times(side >= 0 ? above : below, rgb);
            for (int i = 0; i < 3; i++) {
                seen[i] = Math.clamp(seen[i], 0, 1);
            }
            return seen;
        }
    }

    private ColourScience() {}

    /// Contrast ratio of WCAG 2.1, 1 to 21.
    static double contrast(Color a, Color b) {
        double la = luminance(a) + 0.05;
        double lb = luminance(b) + 0.05;
        return Math.max(la, lb) / Math.min(la, lb);
    }

    private static double luminance(Color c) {
        double[] l = linear(c);
        return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2];
    }

    private static double[] linear(Color c) {
        return new double[] {linear(c.getRed()), linear(c.getGreen()), linear(c.getBlue())};
    }

    private static double linear(double v) {
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    /// ΔE00 (CIE 142-2001) of two colours under a vision, D65.
    static double distance(Color a, Color b, Vision vision) {
        return deltaE2000(lab(vision.seen(linear(a))), lab(vision.seen(linear(b))));
    }

    private static double[] times(double[] m, double[] v) {
        return new double[] {
            m[0] * v[0] + m[1] * v[1] + m[2] * v[2],
            m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
            m[6] * v[0] + m[7] * v[1] + m[8] * v[2]
        };
    }

    private static double[] lab(double[] rgb) {
        double[] xyz = times(
                new double[] {
                    0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.0721750, 0.0193339, 0.1191920, 0.9503041
                },
                rgb);
        double fx = f(xyz[0] / 0.95047);
        double fy = f(xyz[1]);
        double fz = f(xyz[2] / 1.08883);
        return new double[] {116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
    }

    private static double f(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    /// Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", Color Research and Application 30 (2005).
    static double deltaE2000(double[] p, double[] q) {
        double c7 = Math.pow((Math.hypot(p[1], p[2]) + Math.hypot(q[1], q[2])) / 2, 7);
        double g = 0.5 * (1 - Math.sqrt(c7 / (c7 + 6103515625.0)));
        double a1 = p[1] * (1 + g);
        double a2 = q[1] * (1 + g);
        double c1 = Math.hypot(a1, p[2]);
        double c2 = Math.hypot(a2, q[2]);
        double h1 = hue(a1, p[2]);
        double h2 = hue(a2, q[2]);
        boolean grey = c1 * c2 == 0;
        double dh = grey ? 0 : h2 - h1 > 180 ? h2 - h1 - 360 : h2 - h1 < -180 ? h2 - h1 + 360 : h2 - h1;
        double dH = 2 * Math.sqrt(c1 * c2) * sin(dh / 2);
        double l = (p[0] + q[0]) / 2;
        double c = (c1 + c2) / 2;
        double sum = h1 + h2;
        double h = grey ? sum : Math.abs(h1 - h2) <= 180 ? sum / 2 : sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
        double t = 1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.20 * cos(4 * h - 63);
        double l50 = (l - 50) * (l - 50);
        double dl = (q[0] - p[0]) / (1 + 0.015 * l50 / Math.sqrt(20 + l50));
        double dc = (c2 - c1) / (1 + 0.045 * c);
        double dhs = dH / (1 + 0.015 * c * t);
        double m7 = Math.pow(c, 7);
        double rt = -sin(60 * Math.exp(-Math.pow((h - 275) / 25, 2))) * 2 * Math.sqrt(m7 / (m7 + 6103515625.0));
        return Math.sqrt(dl * dl + dc * dc + dhs * dhs + rt * dc * dhs);
    }

    private static double hue(double a, double b) {
        double degrees = Math.toDegrees(Math.atan2(b, a));
        return degrees < 0 ? degrees + 360 : degrees;
    }

    private static double sin(double degrees) {
        return Math.sin(Math.toRadians(degrees));
    }

    private static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }
}
