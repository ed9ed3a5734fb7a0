package io.latticeconsole.app.bench;

/// Which of JavaFX's pipelines draws; it has no public name.
public final class Pipeline {
    private Pipeline() {}

    /// `SWPipeline` is software, `ES2Pipeline` OpenGL.
    public static String name() {
        try {
            Class<?> type = Class.forName("com.sun.prism.GraphicsPipeline");
            return type.getMethod("getPipeline").invoke(null).getClass().getSimpleName();
        } catch (ReflectiveOperationException e) {
            return "unknown: " + e.getClass().getSimpleName();
        }
    }
}
