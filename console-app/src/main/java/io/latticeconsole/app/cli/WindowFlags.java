package io.latticeconsole.app.cli;

import io.latticeconsole.app.ConsoleOptions;
import io.latticeconsole.app.style.Theme;
import io.latticeconsole.security.KeyMaterial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// What describes a console window on the command line.
final class WindowFlags {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--connect",
            paramLabel = "HOST:PORT",
            split = ",",
            converter = HostPort.Converter.class,
            description = "Gateways to connect to; one is enough to find the others. Without it the console brings "
                    + "its own drill lattice.")
    private List<HostPort> connect = new ArrayList<>();

    @Option(
            names = "--theme",
            paramLabel = "THEME",
            converter = ThemeConverter.class,
            description = "night, day or contrast. Default: the one used last, night at first.")
    private @Nullable Theme theme;

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            description = "Name that your orders carry on a plaintext connection, shown as unverified; over TLS it is "
                    + "the one in the certificate. Default: the login name.")
    private @Nullable String operator;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = Size.Converter.class,
            description = "Size of the window in pixels. Default: 1920x1080.")
    private Size size = new Size(1920, 1080);

    @Mixin
    private TlsFlags tls = new TlsFlags();

    @Mixin
    private DrillFlags drill = new DrillFlags();

    /// @throws ParameterException naming the option that is wrong
    ConsoleOptions options() {
        if (!connect.isEmpty() && drill.given()) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--connect goes to a lattice that runs already; --nodes, --seed, --start, --rate and --trace "
                            + "describe one to start: give one or the other");
        }
        KeyMaterial key = tls.read();
        if (key != null && connect.isEmpty()) {
            throw tls.wrong("--tls-ca, --tls-cert and --tls-key go with --connect: the drill lattice that a console "
                    + "brings along is reached within this machine only");
        }
        return new ConsoleOptions(
                connect.stream().map(HostPort::toString).toList(),
                connect.isEmpty() ? Optional.of(drill.options("127.0.0.1", 0)) : Optional.empty(),
                theme,
                name(key),
                size.width(),
                size.height(),
                key);
    }

    private String name(@Nullable KeyMaterial key) {
        if (key != null) {
            String certified = key.identity().name();
            if (certified.isEmpty() || operator != null) {
                throw tls.wrong(
                        operator != null
                                ? "--operator is for plaintext; over TLS the certificate names you " + certified
                                : "the certificate of --tls-cert names nobody: expected a common name (CN) of 1 to 64 "
                                        + "printable ASCII characters without spaces");
            }
            return certified;
        }
        String given = operator == null ? System.getProperty("user.name", "operator") : operator;
        if (!given.matches("[\\x21-\\x7e]{1,64}")) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--operator is '" + given + "'; expected 1 to 64 printable ASCII characters without spaces");
        }
        return given;
    }

    private CommandSpec spec() {
        CommandSpec known = command;
        if (known == null) {
            throw new IllegalStateException("flags used outside a command");
        }
        return known;
    }

    /// Names of themes in small letters.
    static final class ThemeConverter implements ITypeConverter<Theme> {
        @Override
        public Theme convert(String typed) {
            for (Theme theme : Theme.values()) {
                if (theme.name().equalsIgnoreCase(typed)) {
                    return theme;
                }
            }
            throw new TypeConversionException("'" + typed + "' is no theme; expected night, day or contrast");
        }
    }

    /// A size as typed, `1920x1080`.
    record Size(int width, int height) {
        static final class Converter implements ITypeConverter<Size> {
            @Override
            public Size convert(String typed) {
                String[] parts = typed.split("x", -1);
                try {
                    if (parts.length == 2) {
                        int width = Integer.parseInt(parts[0]);
                        int height = Integer.parseInt(parts[1]);
                        if (width >= 640 && height >= 480 && width <= 7680 && height <= 4320) {
                            return new Size(width, height);
                        }
                    }
                } catch (NumberFormatException e) {
                    throw refused(typed, e);
                }
                throw refused(typed, null);
            }

            private static TypeConversionException refused(String typed, @Nullable Throwable cause) {
                var refused = new TypeConversionException(
                        "'" + typed + "' is no size; expected WIDTHxHEIGHT from 640x480 to 7680x4320");
                if (cause != null) {
                    refused.addSuppressed(cause);
                }
                return refused;
            }
        }
    }
}
