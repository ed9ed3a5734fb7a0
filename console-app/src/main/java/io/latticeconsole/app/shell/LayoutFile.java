package io.latticeconsole.app.shell;

import io.latticeconsole.app.style.Theme;
import io.latticeconsole.app.text.Words;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/// The window's layout in a file. A file that cannot be read gives the defaults and a sentence, and is left alone until
/// the next save. Not for the FX thread.
public final class LayoutFile {
    /// A layout and what was wrong with its file, empty if nothing was.
    public record Loaded(WindowLayout layout, String problem) {}

    private final Path path;

    public LayoutFile(Path path) {
        this.path = path;
    }

    /// `$XDG_CONFIG_HOME/lattice-console/layout.properties`, or below `~/.config`.
    public static Path usualPath(Map<String, String> environment, String home) {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path base = config.isBlank() ? Path.of(home, ".config") : Path.of(config);
        return base.resolve("lattice-console").resolve("layout.properties");
    }

    public Loaded load() {
        Properties p = new Properties();
        try (Reader in = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            p.load(in);
            return new Loaded(parse(p), "");
        } catch (NoSuchFileException firstStart) {
            return new Loaded(WindowLayout.DEFAULT, "");
        } catch (IOException | IllegalArgumentException e) {
            return new Loaded(WindowLayout.DEFAULT, Words.of("layout.broken", path, String.valueOf(e.getMessage())));
        }
    }

    private static WindowLayout parse(Properties p) {
        WindowLayout d = WindowLayout.DEFAULT;
        return new WindowLayout(
                flag(p, "left.shown", d.leftShown()),
                flag(p, "right.shown", d.rightShown()),
                flag(p, "lower.shown", d.lowerShown()),
                number(p, "left.width", d.leftWidth()),
                number(p, "right.width", d.rightWidth()),
                number(p, "lower.height", d.lowerHeight()),
                theme(p.getProperty("theme", d.theme().name())),
                number(p, "text.scale", d.textScale()));
    }

    private static boolean flag(Properties p, String key, boolean otherwise) {
        String value = p.getProperty(key, Boolean.toString(otherwise)).strip();
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(Words.of("layout.flag", key, value));
        }
        return value.equals("true");
    }

    private static double number(Properties p, String key, double otherwise) {
        String value = p.getProperty(key, Double.toString(otherwise)).strip();
        try {
            double number = Double.parseDouble(value);
            if (Double.isFinite(number)) {
                return number;
            }
            throw new IllegalArgumentException(Words.of("layout.number", key, value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(Words.of("layout.number", key, value), e);
        }
    }

    private static Theme theme(String name) {
        try {
            return Theme.valueOf(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Words.of("layout.theme", name), e);
        }
    }

    /// Writes beside the file and moves over it, so that a crash leaves the old one.
    ///
    /// @throws IOException if it cannot be written
    public void save(WindowLayout layout) throws IOException {
        Properties p = new Properties();
        p.setProperty("left.shown", Boolean.toString(layout.leftShown()));
        p.setProperty("right.shown", Boolean.toString(layout.rightShown()));
        p.setProperty("lower.shown", Boolean.toString(layout.lowerShown()));
        p.setProperty("left.width", Long.toString(Math.round(layout.leftWidth())));
        p.setProperty("right.width", Long.toString(Math.round(layout.rightWidth())));
        p.setProperty("lower.height", Long.toString(Math.round(layout.lowerHeight())));
        p.setProperty("theme", layout.theme().name().toLowerCase(Locale.ROOT));
        p.setProperty("text.scale", Double.toString(layout.textScale()));
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path beside = path.resolveSibling(path.getFileName() + ".new");
        try (Writer out = Files.newBufferedWriter(beside, StandardCharsets.UTF_8)) {
            p.store(out, null);
        }
        Files.move(beside, path, StandardCopyOption.REPLACE_EXISTING);
    }
}
