package io.latticeconsole.agent.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTextTest {
    private static final String TEXT = """
        # HELP http_requests_total The total number of HTTP requests.
        # TYPE http_requests_total counter
        http_requests_total{method="post",code="200"} 1027 1395066363000
        http_requests_total{method="post",code="400"}    3 1395066363000

        # Escaping in label values:
        msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9
        metric_without_timestamp_and_labels 12.47
        something_weird{problem="division by zero"} +Inf -3982045
        {"quoted.name","a.label"="x",} 7
        # TYPE http_request_duration_seconds histogram
        http_request_duration_seconds_bucket{le="0.05"} 24054
        http_request_duration_seconds_bucket{le="0.1"} 33444 # {trace_id="KOO5S4vxi0o"} 0.067
        http_request_duration_seconds_bucket{le="+Inf"} 144320
        http_request_duration_seconds_sum 53423
        http_request_duration_seconds_count 144320
        # EOF
        behind the end
        """;

    @Test
    void readsWhatTheFormatDescribes() {
        Exposition read = PrometheusText.parse(TEXT);
        assertEquals(List.of(), read.problems());
        assertEquals(OptionalDouble.of(1030), read.sum("http_requests_total", Map.of("method", "post")));
        assertEquals(OptionalDouble.of(3), read.sum("http_requests_total", Map.of("code", "400")));
        assertEquals(OptionalDouble.of(1027), read.max("http_requests_total", Map.of()));
        assertEquals(OptionalDouble.empty(), read.sum("http_requests_total", Map.of("code", "500")));
        assertEquals("counter", read.type("http_requests_total").orElseThrow());
        MetricSample file = read.samples("msdos_file_access_time_seconds").getFirst();
        assertEquals("C:\\DIR\\FILE.TXT", file.label("path").orElseThrow());
        assertEquals("Cannot find file:\n\"FILE.TXT\"", file.label("error").orElseThrow());
        assertEquals(
                Double.POSITIVE_INFINITY,
                read.samples("something_weird").getFirst().value());
        assertEquals(List.of(new MetricSample("quoted.name", Map.of("a.label", "x"), 7)), read.samples("quoted.name"));
        MetricHistogram histogram =
                read.histogram("http_request_duration_seconds", Map.of()).orElseThrow();
        assertEquals(List.of(0.05, 0.1, Double.POSITIVE_INFINITY), histogram.bounds());
        assertEquals(144320, histogram.count());
        assertEquals(53423, histogram.sum());
    }

    @Test
    void windowsLinesAndAMissingLastNewlineAreRead() {
        Exposition read = PrometheusText.parse("a 1\r\nb 2\r\n\r\nc 3");
        assertEquals(List.of(), read.problems());
        assertEquals(List.of("a", "b", "c"), List.copyOf(read.names()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "a{b=\"c\"|line 2: column 8: expected ,, found the end of the line",
                "a{b=c} 1|line 2: column 5: expected \", found 'c'",
                "a{b=\"\\x\"} 1|line 2: column 7: expected n, \\ or \" after a backslash, found 'x'",
                "a{b=\"1\",b=\"2\"} 1|line 2: column 14: expected label b once, found '}'",
                "a|line 2: column 2: expected a value, found the end of the line",
                "a 1f|line 2: column 3: expected a value, found '1'",
                "a 0x1p3|line 2: column 3: expected a value, found '0'",
                "a 1 2 3|line 2: column 7: expected the end of the line, found '3'",
                "<html>|line 2: column 1: expected a metric name, found '<'",
                "{b=\"c\"} 1|line 2: column 8: expected a metric name, found ' '",
                "before 7|line 2: before appears twice with the same labels"
            })
    void aBadLineIsToldWithItsPlaceAndCostsOnlyItself(String line, String problem) {
        Exposition read = PrometheusText.parse("before 1\n" + line + "\nafter 2\n");
        assertEquals(
                problem,
                String.join("; ", read.problems().stream().map(String::valueOf).toList()));
        assertEquals(OptionalDouble.of(1), read.sum("before", Map.of()));
        assertEquals(OptionalDouble.of(2), read.sum("after", Map.of()));
    }

    @Test
    void aHistogramThatIsNoneIsToldAndLeftOut() {
        Exposition read = PrometheusText.parse("""
            h_bucket{e="0",le="1"} 5
            h_bucket{e="0",le="+Inf"} 4
            h_bucket{e="1",le="1"} 5
            h_bucket{e="1",le="+Inf"} 6
            h_bucket{e="2",le="1"} 5
            h_bucket{e="3",le="wide"} 5
            """);
        assertEquals(3, read.problems().size(), () -> read.problems().toString());
        assertEquals(6, read.histogram("h", Map.of()).orElseThrow().count());
    }

    @Test
    void histogramsOfSeveralSeriesAddUpIfTheirBucketsAreTheSame() {
        String first = "h_bucket{e=\"0\",le=\"1\"} 5\nh_bucket{e=\"0\",le=\"+Inf\"} 7\nh_sum{e=\"0\"} 3\n";
        String same = "h_bucket{e=\"1\",le=\"1\"} 1\nh_bucket{e=\"1\",le=\"+Inf\"} 2\nh_sum{e=\"1\"} 4\n";
        assertEquals(
                new MetricHistogram(List.of(1.0, Double.POSITIVE_INFINITY), List.of(6.0, 9.0), 7),
                PrometheusText.parse(first + same).histogram("h", Map.of()).orElseThrow());
        String other = same.replace("le=\"1\"", "le=\"2\"");
        assertTrue(PrometheusText.parse(first + other).histogram("h", Map.of()).isEmpty());
        String endless = "h_bucket{e=\"%s\",le=\"+Inf\"} 1e308\n";
        assertTrue(PrometheusText.parse(endless.formatted(0) + endless.formatted(1))
                .histogram("h", Map.of())
                .isEmpty());
    }

    @Test
    void muchRubbishIsCountedAndMuchTextIsCut() {
        Exposition rubbish = PrometheusText.parse("%\n".repeat(1_000) + "a 1\n");
        assertEquals(PrometheusText.MAX_PROBLEMS + 1, rubbish.problems().size());
        assertEquals(
                "1000 lines or series in all could not be read",
                rubbish.problems().getLast().toString());
        assertEquals(OptionalDouble.of(1), rubbish.sum("a", Map.of()));
        StringBuilder much = new StringBuilder();
        for (int i = 0; i < PrometheusText.MAX_SAMPLES + 10; i++) {
            much.append("a{i=\"").append(i).append("\"} 1\n");
        }
        Exposition cut = PrometheusText.parse(much.toString());
        assertEquals(PrometheusText.MAX_SAMPLES, cut.samples("a").size());
        assertEquals(1, cut.problems().size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsWrittenByTheRulesIsReadBack(long seed) {
        Random random = new Random(seed);
        List<MetricSample> written = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            Map<String, String> labels = new LinkedHashMap<>();
            for (int k = random.nextInt(4); k > 0; k--) {
                labels.put("l" + k, anyText(random));
            }
            labels.put("i", String.valueOf(i));
            double value =
                    random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian() * Math.pow(10, random.nextInt(30));
            MetricSample sample = new MetricSample("m" + random.nextInt(5), labels, value);
            written.add(sample);
            text.append(write(sample, random));
        }
        Exposition read = PrometheusText.parse(text.toString());
        assertEquals(List.of(), read.problems());
        for (int m = 0; m < 5; m++) {
            String name = "m" + m;
            assertEquals(written.stream().filter(s -> s.name().equals(name)).toList(), read.samples(name));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverIsDoneToTheTextNothingIsThrownAndOtherLinesStay(long seed) {
        Random random = new Random(seed);
        String intact = "zzz_first 1\n";
        String last = "zzz_last{a=\"b\"} 2\n";
        String alphabet = TEXT + "\0\t\r\u00e9\ud83d\ude00\ud800\uffff{}\"\\#,=0.eE+-NaNInf";
        String[] lines = TEXT.replace("# EOF\n", "").split("\n", -1);
        for (int round = 0; round < 4_000; round++) {
            StringBuilder middle = new StringBuilder(lines[random.nextInt(lines.length)]);
            for (int edits = 1 + random.nextInt(6); edits > 0; edits--) {
                mutate(middle, alphabet, random);
            }
            String text = intact + middle.toString().replace('\n', ' ').replace("EOF", "") + "\n" + last;
            Exposition read = PrometheusText.parse(text);
            assertEquals(1, read.samples("zzz_first").getFirst().value(), text);
            assertEquals(2, read.samples("zzz_last").getFirst().value(), text);
            for (String name : read.names()) {
                read.histogram(name.replaceAll("_bucket$", ""), Map.of());
            }
        }
    }

    private static void mutate(StringBuilder text, String alphabet, Random random) {
        int at = random.nextInt(text.length() + 1);
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(4)) {
            case 0 -> text.insert(at, c);
            case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
            case 2 -> text.insert(at, text.substring(0, at));
            default -> {
                if (at < text.length()) {
                    text.setCharAt(at, c);
                }
            }
        }
    }

    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append("ab \\\"\n{},=#\u00e9\u4e2d".charAt(random.nextInt(13)));
        }
        return text.toString();
    }

    private static String write(MetricSample sample, Random random) {
        StringBuilder text = new StringBuilder(sample.name()).append('{');
        sample.labels()
                .forEach((key, value) -> text.append(key)
                        .append("=\"")
                        .append(value.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n"))
                        .append("\","));
        text.append("} ").append(Double.isNaN(sample.value()) ? "NaN" : String.valueOf(sample.value()));
        return text.append(random.nextBoolean() ? " 1395066363000" : "")
                .append('\n')
                .toString();
    }
}
