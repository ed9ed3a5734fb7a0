package io.latticeconsole.app.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every Java file is laid out by palantir-java-format. `mvn -q test-compile exec:exec@format` lays them out.
class FormatTest {
    private static final int AT_LEAST = 150;

    @Test
    void everyFileIsLaidOut() throws IOException, FormatterException {
        List<Path> files = sources();
        assertTrue(files.size() >= AT_LEAST, () -> "only " + files.size() + " files were looked at");
        List<Path> wrong = new ArrayList<>();
        Formatter formatter = formatter();
        for (Path file : files) {
            String text = Files.readString(file);
            if (!formatter.formatSource(text).equals(text)) {
                wrong.add(file);
            }
        }
        assertEquals(List.of(), wrong, "run: mvn -q test-compile exec:exec@format");
    }

    @Test
    void aCrookedFileIsSeen() throws FormatterException {
        String crooked = "class  A{int a ;}\n";
        assertNotEquals(crooked, formatter().formatSource(crooked));
    }

    /// Lays out every Java file of the project.
    public static void main(String[] args) throws IOException, FormatterException {
        Formatter formatter = formatter();
        for (Path file : sources()) {
            String text = Files.readString(file);
            String laidOut = formatter.formatSource(text);
            if (!laidOut.equals(text)) {
                Files.writeString(file, laidOut);
            }
        }
    }

    private static Formatter formatter() {
        return Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
    }

    private static List<Path> sources() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("console-model"))
                ? here
                : here.resolve("..").normalize();
        List<Path> found = new ArrayList<>();
        for (String module : List.of("console-model/src", "console-app/src")) {
            try (Stream<Path> files = Files.walk(root.resolve(module))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
            }
        }
        return found;
    }
}
