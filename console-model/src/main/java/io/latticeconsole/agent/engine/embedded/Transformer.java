package io.latticeconsole.agent.engine.embedded;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.latticeconsole.agent.engine.embedded.VersionFiles.Misbehaviour;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/// A sentence transformer in memory: text in, a unit vector out. Safe for several threads; each call uses one core.
final class Transformer implements AutoCloseable {
    /// Tokens beyond this are cut off, as the model was trained.
    private static final String MAX_TOKENS = "256";

    private static final String SELF_TEST = "a lattice of unlike nodes";
    private final OrtEnvironment environment = OnnxRuntime.environment();
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;
    private final Misbehaviour misbehaviour;

    /// A request that this version answers with an error on purpose.
    static final class FailsOnPurpose extends Exception {
        private static final long serialVersionUID = 1;
    }

    private Transformer(OrtSession session, HuggingFaceTokenizer tokenizer, Misbehaviour misbehaviour) {
        this.session = session;
        this.tokenizer = tokenizer;
        this.misbehaviour = misbehaviour;
    }

    /// Loads a version and runs it once, so that the first request meets it warm.
    ///
    /// @throws IOException if a file is no transformer or tokenizer, or the answer to the first text is no vector
    static Transformer load(VersionFiles files) throws IOException {
        OrtSession session = null;
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        // Where the tokenizer looks for its natives.
        thread.setContextClassLoader(Transformer.class.getClassLoader());
        try {
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(files.tokenizer()),
                    Map.of("maxLength", MAX_TOKENS, "truncation", "true", "padding", "false"));
            session = session(files.model());
            Transformer loaded = new Transformer(session, tokenizer, files.misbehaviour());
            loaded.vector(SELF_TEST);
            return loaded;
        } catch (OrtException | RuntimeException | LinkageError bad) {
            if (session != null) {
                close(session);
            }
            throw new IOException("no usable model: " + bad.getMessage(), bad);
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    private static OrtSession session(byte[] model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return OnnxRuntime.environment().createSession(model, options);
        }
    }

    /// The vector of a text, late, wrong or not at all if this version is meant to misbehave.
    float[] embed(String text) throws OrtException, FailsOnPurpose, InterruptedException {
        if (misbehaviour.delayMillis() > 0) {
            Thread.sleep(misbehaviour.delayMillis());
        }
        if (misbehaviour.fails()) {
            throw new FailsOnPurpose();
        }
        float[] vector = vector(text);
        if (misbehaviour.wrong()) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = -vector[i];
            }
        }
        return vector;
    }

    private float[] vector(String text) throws OrtException {
        Encoding tokens = tokenizer.encode(text);
        long[] mask = tokens.getAttentionMask();
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, new long[][] {tokens.getIds()});
                OnnxTensor attention = OnnxTensor.createTensor(environment, new long[][] {mask});
                OnnxTensor types = OnnxTensor.createTensor(environment, new long[][] {tokens.getTypeIds()});
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", attention, "token_type_ids", types))) {
            if (result.get(0).getValue() instanceof float[][][] states) {
                return pooled(states[0], mask);
            }
            throw new OrtException("the first output is not of three dimensions");
        }
    }

    /// The mean over the tokens that count, at length one, as the model's authors pool it.
    private static float[] pooled(float[][] states, long[] mask) throws OrtException {
        float[] sum = new float[states[0].length];
        for (int token = 0; token < states.length; token++) {
            for (int i = 0; mask[token] != 0 && i < sum.length; i++) {
                sum[i] += states[token][i];
            }
        }
        double square = 0;
        for (float value : sum) {
            square += (double) value * value;
        }
        float length = (float) Math.sqrt(square);
        if (!(length > 0 && length < Float.POSITIVE_INFINITY)) {
            throw new OrtException("the vector has length " + length);
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= length;
        }
        return sum;
    }

    @Override
    public void close() {
        tokenizer.close();
        close(session);
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException bad) {
            throw new IllegalStateException("a session that was open cannot be closed", bad);
        }
    }
}
