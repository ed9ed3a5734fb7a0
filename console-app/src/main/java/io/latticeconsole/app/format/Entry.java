package io.latticeconsole.app.format;

import io.latticeconsole.app.text.PaneText;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number as somebody typed it: its value, NaN where the field was left empty, and what is wrong with it, empty where
/// nothing is.
public record Entry(double value, String problem) {
    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(s|sec|min|m|h)?");
    private static final Pattern PERCENT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*%?");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");
    private static final Entry EMPTY = new Entry(Double.NaN, "");

    public boolean isEmpty() {
        return Double.isNaN(value);
    }

    /// Seconds of `90`, `90 s`, `2 min` or `1 h`, above 0 and up to a limit.
    public static Entry seconds(String text, double upTo) {
        if (text.isBlank()) {
            return EMPTY;
        }
        Matcher m = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!m.matches()) {
            return new Entry(Double.NaN, PaneText.of("entry.duration", text.strip()));
        }
        String unit = m.group(2) == null ? "s" : m.group(2);
        double factor = unit.startsWith("s") ? 1 : unit.startsWith("m") ? 60 : 3600;
        double seconds = Double.parseDouble(m.group(1)) * factor;
        return seconds > 0 && seconds <= upTo
                ? new Entry(seconds, "")
                : new Entry(Double.NaN, PaneText.of("entry.durationRange", text.strip(), plain(upTo)));
    }

    /// A share, 0 to 1, of `25` or `25 %`, between two limits in per cent.
    public static Entry percent(String text, double low, double high) {
        if (text.isBlank()) {
            return EMPTY;
        }
        Matcher m = PERCENT.matcher(text.strip());
        if (!m.matches()) {
            return new Entry(Double.NaN, PaneText.of("entry.percent", text.strip()));
        }
        double percent = Double.parseDouble(m.group(1));
        return percent >= low && percent <= high
                ? new Entry(percent / 100, "")
                : new Entry(
                        Double.NaN, PaneText.of("entry.range", text.strip(), plain(low) + " %", plain(high) + " %"));
    }

    /// A number between two limits.
    public static Entry number(String text, double low, double high) {
        if (text.isBlank()) {
            return EMPTY;
        }
        if (!NUMBER.matcher(text.strip()).matches()) {
            return new Entry(Double.NaN, PaneText.of("entry.number", text.strip()));
        }
        double number = Double.parseDouble(text.strip());
        return number >= low && number <= high
                ? new Entry(number, "")
                : new Entry(Double.NaN, PaneText.of("entry.range", text.strip(), plain(low), plain(high)));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString(Math.round(number)) : Double.toString(number);
    }
}
