package io.latticeconsole.agent.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A reader of Prometheus' text exposition format 0.0.4 and of what OpenMetrics 1.0 adds to it. A line that cannot be
/// read is left out and told as a problem; the others count. Never throws, whatever the text.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/
public final class PrometheusText {
    /// More samples than this are left out.
    public static final int MAX_SAMPLES = 200_000;

    /// More problems than this are counted but not told.
    public static final int MAX_PROBLEMS = 20;

    private static final int MAX_MESSAGE = 300;

    private final Map<String, List<MetricSample>> samples = new LinkedHashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final List<Exposition.Problem> problems = new ArrayList<>();
    private final Set<List<Object>> seen = new HashSet<>();
    private int unread;

    private PrometheusText() {}

    /// Reads the body of a scrape.
    public static Exposition parse(String text) {
        return new PrometheusText().read(text);
    }

    private Exposition read(String text) {
        int start = 0;
        int number = 1;
        boolean more = true;
        while (start < text.length() && more) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            more = line(number++, stripReturn(text.substring(start, end)));
            start = end + 1;
        }
        dropBrokenHistograms();
        if (unread > MAX_PROBLEMS) {
            problems.add(new Exposition.Problem(0, unread + " lines or series in all could not be read"));
        }
        return new Exposition(samples, types, problems);
    }

    /// Takes one line; false if nothing is to be read after it.
    private boolean line(int number, String line) {
        if (line.isBlank()) {
            return true;
        }
        if (line.startsWith("#")) {
            return comment(line);
        }
        try {
            MetricSample sample = MetricLine.read(line);
            if (!seen.add(List.of(sample.name(), sample.labels()))) {
                problem(number, sample.name() + " appears twice with the same labels");
            } else if (seen.size() > MAX_SAMPLES) {
                problem(number, "more than " + MAX_SAMPLES + " samples: the rest is left out");
                return false;
            } else {
                samples.computeIfAbsent(sample.name(), _ -> new ArrayList<>()).add(sample);
            }
        } catch (MetricLine.Unreadable bad) {
            problem(number, String.valueOf(bad.getMessage()));
        }
        return true;
    }

    private boolean comment(String line) {
        String[] words = line.split("[ \t]+", 5);
        if (words.length == 4 && words[1].equals("TYPE")) {
            types.putIfAbsent(words[2], words[3]);
        }
        return !(words.length == 2 && words[1].equals("EOF"));
    }

    private void dropBrokenHistograms() {
        samples.forEach((name, list) -> {
            if (name.endsWith("_bucket")) {
                Set<MetricSample> broken = new HashSet<>();
                Exposition.bySeries(list).forEach((labels, buckets) -> {
                    try {
                        Exposition.histogram(buckets, 0);
                    } catch (IllegalArgumentException bad) {
                        problem(0, name + labels + ": " + bad.getMessage());
                        broken.addAll(buckets);
                    }
                });
                list.removeAll(broken);
            }
        });
        samples.values().removeIf(List::isEmpty);
    }

    private void problem(int line, String message) {
        if (unread++ < MAX_PROBLEMS) {
            problems.add(new Exposition.Problem(
                    line, message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message));
        }
    }

    private static String stripReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
