package io.latticeconsole.app.cli;

import io.latticeconsole.drill.DrillOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// What describes a drill lattice on the command line.
final class DrillFlags {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "Nodes of the drill lattice, 12 to 10000. Default: 96, the lattice Aurora.")
    private @Nullable Integer nodes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description =
                    "Seed of everything random: the same seed, start and orders give the same events. Default: 1.")
    private @Nullable Long seed;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Lattice time at which the drill lattice starts, such as 2026-03-01T06:30:00Z. Default: now.")
    private @Nullable Instant start;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Requests per second over all regions, above 0. Default: what the lattice is sized for.")
    private @Nullable Double rate;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Arrivals from a CSV file with the columns TIMESTAMP,ContextTokens,GeneratedTokens "
                    + "(Azure LLM inference trace), scaled to --rate if given.")
    private @Nullable Path trace;

    /// The drill lattice asked for, listening there.
    ///
    /// @throws ParameterException naming the option that is wrong
    DrillOptions options(String host, int port) {
        Path file = trace;
        if (file != null && !Files.isReadable(file)) {
            throw wrong("--trace: '" + file + "' cannot be read; expected a CSV file "
                    + "with the columns TIMESTAMP,ContextTokens,GeneratedTokens");
        }
        Double given = rate;
        if (given != null && given.isNaN()) {
            throw wrong("--rate: expected a number of requests per second above 0, found NaN");
        }
        try {
            return new DrillOptions(
                            nodes == null ? DrillOptions.AURORA_NODES : nodes,
                            seed == null ? 1 : seed,
                            given == null ? Double.NaN : given,
                            file,
                            host,
                            port)
                    .startingAt(start);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /// Whether anything was said about a drill lattice.
    boolean given() {
        return nodes != null || seed != null || start != null || rate != null || trace != null;
    }

    private ParameterException wrong(String message) {
        CommandSpec spec = command;
        if (spec == null) {
            throw new IllegalStateException("flags used outside a command: " + message);
        }
        return new ParameterException(spec.commandLine(), message);
    }

    static final class InstantConverter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String typed) {
            try {
                return Instant.parse(typed);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "'" + typed + "' is not a time; expected one such as 2026-03-01T06:30:00Z");
            }
        }
    }
}
