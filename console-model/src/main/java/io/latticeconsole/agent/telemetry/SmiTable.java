package io.latticeconsole.agent.telemetry;

import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The answer of `nvidia-smi --query-gpu=… --format=csv,noheader,nounits`. Never throws, whatever the text: a line that
/// is no row is a message, a field that is no number is no reading.
record SmiTable(List<AcceleratorReading> rows, List<String> messages) {
    private static final double MIB = 1024 * 1024;
    private static final int MOST_ROWS = 1024;
    private static final int MOST_MESSAGES = 5;

    SmiTable {
        rows = List.copyOf(rows);
        messages = List.copyOf(messages);
    }

    /// The columns asked for, by the names of `nvidia-smi --help-query-gpu`. The name comes last: it alone could have a
    /// comma in it.
    enum Column {
        INDEX("index"),
        UUID("uuid"),
        UTILIZATION("utilization.gpu"),
        TEMPERATURE("temperature.gpu"),
        POWER("power.draw"),
        POWER_LIMIT("power.limit"),
        MEMORY_USED("memory.used"),
        MEMORY_TOTAL("memory.total"),
        CLOCK_SM("clocks.sm"),
        CLOCK_MEMORY("clocks.mem"),
        ECC_CORRECTED("ecc.errors.corrected.volatile.total"),
        ECC_UNCORRECTED("ecc.errors.uncorrected.volatile.total"),
        MIG("mig.mode.current"),
        THROTTLING("clocks_throttle_reasons.active"),
        NAME("name");

        final String query;

        Column(String query) {
            this.query = query;
        }
    }

    static SmiTable parse(List<Column> columns, String text) {
        List<AcceleratorReading> rows = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Map<Column, String> fields = fields(columns, line);
            double index = number(fields.getOrDefault(Column.INDEX, ""));
            if (index >= 0 && index < MOST_ROWS && index == Math.rint(index) && rows.size() < MOST_ROWS) {
                rows.add(row((int) index, fields));
            } else if (!line.isBlank() && messages.size() < MOST_MESSAGES) {
                messages.add(line.strip());
            }
        }
        return new SmiTable(rows, messages);
    }

    private static Map<Column, String> fields(List<Column> columns, String line) {
        String[] parts = line.split(",", columns.size());
        Map<Column, String> fields = new EnumMap<>(Column.class);
        if (parts.length == columns.size()) {
            for (int i = 0; i < parts.length; i++) {
                fields.put(columns.get(i), parts[i].strip());
            }
        }
        return fields;
    }

    private static AcceleratorReading row(int index, Map<Column, String> fields) {
        AcceleratorIdentity identity = new AcceleratorIdentity(
                index,
                text(fields, Column.UUID),
                text(fields, Column.NAME),
                number(fields, Column.MEMORY_TOTAL) * MIB,
                new Watts(number(fields, Column.POWER_LIMIT)),
                Celsius.NONE,
                "Enabled".equals(fields.get(Column.MIG)));
        AcceleratorCondition condition = condition(fields);
        if (condition != AcceleratorCondition.ANSWERING) {
            return AcceleratorReading.none(identity, condition, 0);
        }
        return new AcceleratorReading(
                identity,
                condition,
                0,
                new Ratio(Blank.percent(number(fields, Column.UTILIZATION))),
                new Celsius(number(fields, Column.TEMPERATURE)),
                new Watts(number(fields, Column.POWER)),
                number(fields, Column.MEMORY_USED) * MIB,
                new Clocks(number(fields, Column.CLOCK_SM), number(fields, Column.CLOCK_MEMORY)),
                new EccErrors(number(fields, Column.ECC_CORRECTED), number(fields, Column.ECC_UNCORRECTED)),
                throttling(fields.getOrDefault(Column.THROTTLING, "")));
    }

    private static AcceleratorCondition condition(Map<Column, String> fields) {
        boolean any = false;
        for (Map.Entry<Column, String> field : fields.entrySet()) {
            String value = field.getValue().toLowerCase(Locale.ROOT);
            if (value.contains("gpu is lost")) {
                return AcceleratorCondition.LOST;
            }
            if (value.contains("requires reset") || value.contains("reset required")) {
                return AcceleratorCondition.RESET_REQUIRED;
            }
            any |= field.getKey() != Column.INDEX && !value.isEmpty() && !value.startsWith("[");
        }
        return any ? AcceleratorCondition.ANSWERING : AcceleratorCondition.SILENT;
    }

    /// A text, empty where it stands in brackets: `[N/A]`, `[Not Supported]`, `[Unknown Error]`.
    private static String text(Map<Column, String> fields, Column column) {
        String text = fields.getOrDefault(column, "");
        return text.startsWith("[") ? "" : text;
    }

    private static double number(Map<Column, String> fields, Column column) {
        return Blank.number(number(fields.getOrDefault(column, "")));
    }

    /// A decimal that is not negative, NaN for anything else.
    private static double number(String text) {
        boolean decimal = !text.isEmpty()
                && text.length() < 32
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')
                && text.indexOf('.') == text.lastIndexOf('.')
                && text.length() > (text.contains(".") ? 1 : 0);
        return decimal ? Double.parseDouble(text) : Double.NaN;
    }

    /// `0x0000000000000004`.
    private static Set<ThrottleReason> throttling(String text) {
        try {
            return text.startsWith("0x") ? ThrottleReason.of(Long.parseUnsignedLong(text.substring(2), 16)) : Set.of();
        } catch (NumberFormatException _) {
            return Set.of();
        }
    }
}
