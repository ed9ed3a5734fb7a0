package io.latticeconsole.app.format;

import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Quantity;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.Locale;

/// Quantities to figures: about three digits that matter, thousands set apart by a space that does not break, a
/// unit that keeps the number short. No reading becomes [Figure#NONE], never 0.
public final class Figures {
    private static final char THOUSANDS = '\u00a0';

    private Figures() {}

    public static Figure of(Quantity quantity) {
        double v = quantity.value();
        if (!Double.isFinite(v)) {
            return Figure.NONE;
        }
        return switch (quantity) {
            case Ratio _ -> percent(v);
            case Celsius _ -> new Figure(whole(v), "°C");
            case Watts _ -> watts(v);
            case Millis _ -> millis(v);
            case PerSecond _ -> perSecond(v);
        };
    }

    public static String text(Quantity quantity) {
        return of(quantity).text();
    }

    /// `71 %`, `4.2 %`, `0.02 %`.
    private static Figure percent(double ratio) {
        double p = ratio * 100;
        double size = Math.abs(p);
        return new Figure(size >= 9.95 || size < 0.005 ? whole(p) : size >= 0.995 ? fixed(p, 1) : fixed(p, 2), "%");
    }

    /// `412 W`, `1.12 kW`, `214 kW`, `1.3 MW`.
    private static Figure watts(double watts) {
        double size = Math.abs(watts);
        if (size < 999.5) {
            return new Figure(whole(watts), "W");
        }
        return size < 999_500 ? new Figure(threeDigits(watts / 1e3), "kW") : new Figure(threeDigits(watts / 1e6), "MW");
    }

    /// `0.4 ms`, `180 ms`, `6.8 s`, `12 min`.
    private static Figure millis(double millis) {
        double size = Math.abs(millis);
        if (size < 9.95) {
            return new Figure(size == 0 ? "0" : fixed(millis, 1), "ms");
        }
        if (size < 999.5) {
            return new Figure(whole(millis), "ms");
        }
        if (size < 9_950) {
            return new Figure(fixed(millis / 1e3, 1), "s");
        }
        return size < 120_000 ? new Figure(whole(millis / 1e3), "s") : new Figure(whole(millis / 6e4), "min");
    }

    /// `0.4/s`, `312/s`, `4 212/s`, `186k/s`.
    private static Figure perSecond(double rate) {
        double size = Math.abs(rate);
        if (size < 9.95) {
            return new Figure(size < 0.05 ? "0" : fixed(rate, 1), "/s");
        }
        if (size < 99_950) {
            return new Figure(whole(rate), "/s");
        }
        return size < 999_500 ? new Figure(whole(rate / 1e3), "k/s") : new Figure(threeDigits(rate / 1e6), "M/s");
    }

    /// A count with its thousands apart: `4 212`.
    public static String count(long count) {
        return whole((double) count);
    }

    /// `24 GB`, `1.4 TB`, in powers of 1,000.
    public static String bytes(double bytes) {
        if (!Double.isFinite(bytes)) {
            return Figure.NONE.text();
        }
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
        int unit = 0;
        double v = bytes;
        while (Math.abs(v) >= 999.5 && unit < units.length - 1) {
            v /= 1000;
            unit++;
        }
        return new Figure(unit == 0 ? whole(v) : threeDigits(v), units[unit]).text();
    }

    /// Three digits at most after the unit was chosen: `1.12`, `21.4`, `214`.
    private static String threeDigits(double v) {
        double size = Math.abs(v);
        String text = size < 9.995 ? fixed(v, 2) : size < 99.95 ? fixed(v, 1) : whole(v);
        return text.indexOf('.') < 0 ? text : text.replaceAll("\\.?0+$", "");
    }

    private static String fixed(double v, int digits) {
        return signed(String.format(Locale.ROOT, "%." + digits + "f", v));
    }

    private static String whole(double v) {
        return signed(String.format(Locale.ROOT, "%,.0f", v).replace(',', THOUSANDS));
    }

    /// With a real minus sign, and no minus before a zero.
    private static String signed(String digits) {
        if (!digits.startsWith("-")) {
            return digits;
        }
        return digits.matches("-[0.]+") ? digits.substring(1) : "−" + digits.substring(1);
    }
}
