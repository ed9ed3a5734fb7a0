package io.latticeconsole.agent.engine.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The files of one version: a transformer, its tokenizer, and how it misbehaves on purpose.
final class VersionFiles {
    private static final String BUNDLED = "/all-minilm-l6-v2-q";
    private final byte[] model;
    private final byte[] tokenizer;
    private final Misbehaviour misbehaviour;

    private VersionFiles(byte[] model, byte[] tokenizer, Misbehaviour misbehaviour) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.misbehaviour = misbehaviour;
    }

    byte[] model() {
        return model;
    }

    byte[] tokenizer() {
        return tokenizer;
    }

    Misbehaviour misbehaviour() {
        return misbehaviour;
    }

    /// How a version of a canary exercise misbehaves: each answer late, wrong (turned around), or an error.
    record Misbehaviour(long delayMillis, boolean wrong, boolean fails) {
        static final Misbehaviour NONE = new Misbehaviour(0, false, false);
    }

    /// Reads `model.onnx`, `tokenizer.json` and `exercise.properties` of a directory; the first two fall back to the
    /// bundled model. No directory is the bundled model.
    ///
    /// @throws IOException if a file cannot be read or the properties have an unknown key
    static VersionFiles read(@Nullable Path directory) throws IOException {
        if (directory == null) {
            return new VersionFiles(bundled(".onnx"), bundled("-tokenizer.json"), Misbehaviour.NONE);
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + " is no directory");
        }
        return new VersionFiles(
                file(directory.resolve("model.onnx"), ".onnx"),
                file(directory.resolve("tokenizer.json"), "-tokenizer.json"),
                misbehaviour(directory.resolve("exercise.properties")));
    }

    private static byte[] file(Path file, String bundled) throws IOException {
        return Files.exists(file) ? Files.readAllBytes(file) : bundled(bundled);
    }

    private static byte[] bundled(String suffix) throws IOException {
        try (InputStream in = VersionFiles.class.getResourceAsStream(BUNDLED + suffix)) {
            if (in == null) {
                throw new IOException("the bundled model is not on the class path: expected " + BUNDLED + suffix);
            }
            return in.readAllBytes();
        }
    }

    private static Misbehaviour misbehaviour(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Misbehaviour.NONE;
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        long delay = 0;
        boolean wrong = false;
        boolean fails = false;
        for (String key : properties.stringPropertyNames()) {
            String value = properties.getProperty(key);
            switch (key) {
                case "delay-ms" -> delay = number(file, value);
                case "wrong" -> wrong = Boolean.parseBoolean(value);
                case "fails" -> fails = Boolean.parseBoolean(value);
                default -> throw new IOException(file + ": " + key + " is none of delay-ms, wrong, fails");
            }
        }
        return new Misbehaviour(delay, wrong, fails);
    }

    private static long number(Path file, String value) throws IOException {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException bad) {
            throw new IOException(file + ": delay-ms is " + value + ", expected milliseconds", bad);
        }
    }
}
