package io.latticeconsole.agent.engine.embedded;

import ai.onnxruntime.OrtEnvironment;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The process's one ONNX Runtime.
final class OnnxRuntime {
    /// What its start takes of a stack grows with the process's command line: 1.29 overflows a usual one at 4 kB.
    private static final long STACK_BYTES = 8 << 20;

    /// The tokenizer warns that it finds no GPU, which it does not need.
    private static final Logger TOKENIZER = Logger.getLogger("ai.djl");

    private static final OrtEnvironment ENVIRONMENT = start();

    private OnnxRuntime() {}

    static OrtEnvironment environment() {
        return ENVIRONMENT;
    }

    private static OrtEnvironment start() {
        // Neither it nor the tokenizer calls home.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("offline", "true");
        TOKENIZER.setLevel(Level.SEVERE);
        FutureTask<OrtEnvironment> task = new FutureTask<>(OrtEnvironment::getEnvironment);
        Thread.ofPlatform().name("onnx-runtime-start").stackSize(STACK_BYTES).start(task);
        try {
            return task.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("ONNX Runtime does not start", failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ONNX Runtime started", e);
        }
    }
}
