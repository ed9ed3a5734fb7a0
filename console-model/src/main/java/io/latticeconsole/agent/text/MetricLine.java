package io.latticeconsole.agent.text;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A cursor over one line of an exposition that is neither empty nor a comment.
final class MetricLine {
    private final String line;
    private int at;
    private String name = "";

    /// Why a line is no sample; columns count from 1.
    static final class Unreadable extends Exception {
        Unreadable(int column, String message) {
            super("column " + column + ": " + message, null, false, false);
        }
    }

    private MetricLine(String line) {
        this.line = line;
    }

    static MetricSample read(String line) throws Unreadable {
        return new MetricLine(line).sample();
    }

    private MetricSample sample() throws Unreadable {
        blanks();
        if (peek() != '{') {
            name = word("a metric name", true);
        }
        blanks();
        Map<String, String> labels = peek() == '{' ? labels() : Map.of();
        if (name.isEmpty()) {
            throw expected("a metric name");
        }
        double value = field("a value");
        blanks();
        if (at < line.length() && peek() != '#') {
            // The time stamp: milliseconds in one format, seconds in the other. A scrape is of now.
            field("a time stamp");
            blanks();
        }
        if (at < line.length() && peek() != '#') {
            throw expected("the end of the line");
        }
        return new MetricSample(name, labels, value);
    }

    private Map<String, String> labels() throws Unreadable {
        Map<String, String> labels = new LinkedHashMap<>();
        at++;
        blanks();
        while (peek() != '}') {
            boolean quoted = peek() == '"';
            String key = quoted ? quoted() : word("a label name", false);
            blanks();
            if (quoted && name.isEmpty() && peek() != '=') {
                name = key;
            } else {
                expect('=');
                blanks();
                if (labels.put(key, quoted()) != null) {
                    throw expected("label " + key + " once");
                }
            }
            blanks();
            if (peek() != '}') {
                expect(',');
                blanks();
            }
        }
        at++;
        return labels;
    }

    private String word(String what, boolean colons) throws Unreadable {
        int start = at;
        while (at < line.length() && inWord(line.charAt(at), at > start, colons)) {
            at++;
        }
        if (at == start) {
            throw expected(what);
        }
        return line.substring(start, at);
    }

    private static boolean inWord(char c, boolean later, boolean colons) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (colons && c == ':')
                || (later && c >= '0' && c <= '9');
    }

    private String quoted() throws Unreadable {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (at < line.length() && line.charAt(at) != '"') {
            char c = line.charAt(at++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            switch (peek()) {
                case 'n' -> text.append('\n');
                case '\\' -> text.append('\\');
                case '"' -> text.append('"');
                default -> throw expected("n, \\ or \" after a backslash");
            }
            at++;
        }
        expect('"');
        return text.toString();
    }

    private double field(String what) throws Unreadable {
        blanks();
        int start = at;
        while (at < line.length() && !blank(line.charAt(at))) {
            at++;
        }
        try {
            return number(line.substring(start, at));
        } catch (IllegalArgumentException _) {
            at = start;
            throw expected(what);
        }
    }

    /// A number as Prometheus writes it: decimal, or NaN or Inf in any case.
    ///
    /// @throws IllegalArgumentException if it is none
    static double number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> decimal(text);
        };
    }

    /// Java would also take 1f, 1d and hexadecimal.
    private static double decimal(String text) {
        if (!text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0)) {
            throw new IllegalArgumentException(text);
        }
        return Double.parseDouble(text);
    }

    private void expect(char wanted) throws Unreadable {
        if (peek() != wanted) {
            throw expected(String.valueOf(wanted));
        }
        at++;
    }

    private Unreadable expected(String what) {
        String found = at < line.length() ? "'" + line.charAt(at) + "'" : "the end of the line";
        return new Unreadable(at + 1, "expected " + what + ", found " + found);
    }

    private char peek() {
        return at < line.length() ? line.charAt(at) : '\0';
    }

    private void blanks() {
        while (at < line.length() && blank(line.charAt(at))) {
            at++;
        }
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }
}
