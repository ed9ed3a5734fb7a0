package io.latticeconsole.agent.engine.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// This package once more, above the jars of the folder `engine` that the build lays beside this module's classes; all
/// else is this program's own.
final class EngineClasses extends URLClassLoader {
    private static final String RUNTIME = "ai.onnxruntime.OrtEnvironment";

    /// Natives can be loaded by one class loader only, so there is one for all engines of a process.
    private static @Nullable ClassLoader loaded;

    private final String own = EngineClasses.class.getPackageName() + ".";

    private EngineClasses(URL[] places) {
        super(places, EngineClasses.class.getClassLoader());
    }

    /// Where the embedded engine's classes are: among this program's if its class path has ONNX Runtime.
    ///
    /// @throws IOException if the folder `engine` is missing
    static synchronized ClassLoader get() throws IOException {
        ClassLoader now = loaded;
        if (now == null) {
            ClassLoader program = EngineClasses.class.getClassLoader();
            now = has(program) ? program : new EngineClasses(places());
            loaded = now;
        }
        return now;
    }

    private static boolean has(ClassLoader loader) {
        try {
            Class.forName(RUNTIME, false, loader);
            return true;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }

    private static URL[] places() throws IOException {
        URI home;
        try {
            home = EngineClasses.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
        } catch (URISyntaxException bad) {
            throw new IOException("this program lies at a place that is no path", bad);
        }
        Path folder = Path.of(home).resolveSibling("engine");
        if (!Files.isDirectory(folder)) {
            throw new IOException("the embedded engine is not installed: expected its jars in " + folder);
        }
        List<URL> places = new ArrayList<>(List.of(home.toURL()));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : jars) {
                places.add(jar.toUri().toURL());
            }
        }
        return places.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(own)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? findClass(name) : known;
        }
    }
}
