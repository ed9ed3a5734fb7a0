package io.latticeconsole.agent.telemetry;

import io.latticeconsole.agent.telemetry.SmiTable.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The machine's GPUs through `nvidia-smi`, started for each reading. It tells no XID errors.
final class SmiSource implements AcceleratorSource {
    /// The driver's words for a column that it does not have.
    private static final Pattern UNKNOWN_FIELD = Pattern.compile("Field \"([^\"]+)\" is not a valid field to query");

    private static final int NO_DEVICES = 6;

    private final TimedCommand command;
    private List<Column> columns = List.of(Column.values());

    private SmiSource(TimedCommand command) {
        this.command = command;
    }

    /// Reads once, to see that it can be used.
    ///
    /// @param program the name or the path of `nvidia-smi`
    /// @throws TelemetryUnavailable if it is missing, hangs or finds no driver
    static SmiSource open(String program, Duration timeout) throws TelemetryUnavailable {
        SmiSource source = new SmiSource(new TimedCommand(program, timeout));
        source.read();
        return source;
    }

    @Override
    public String description() {
        return command.program() + ", without XID events";
    }

    @Override
    public List<AcceleratorReading> read() throws TelemetryUnavailable {
        // Each refusal names one column, so there are at most as many tries as columns.
        while (true) {
            TimedCommand.Answer answer =
                    command.run(List.of("--query-gpu=" + query(), "--format=csv,noheader,nounits"));
            Matcher unknown = UNKNOWN_FIELD.matcher(answer.text());
            if (unknown.find() && forget(unknown.group(1))) {
                continue;
            }
            SmiTable table = SmiTable.parse(columns, answer.text());
            if (table.rows().isEmpty() && answer.exit() != 0 && answer.exit() != NO_DEVICES) {
                throw new TelemetryUnavailable(command.program() + " ended with " + answer.exit() + ": "
                        + (table.messages().isEmpty()
                                ? "it said nothing"
                                : table.messages().getFirst()));
            }
            return table.rows();
        }
    }

    private String query() {
        return columns.stream().map(column -> column.query).collect(Collectors.joining(","));
    }

    private boolean forget(String query) {
        List<Column> left = new ArrayList<>(columns);
        boolean forgotten = left.removeIf(column -> column.query.equals(query) && column != Column.INDEX);
        columns = List.copyOf(left);
        return forgotten;
    }

    @Override
    public void close() {
        command.close();
    }
}
