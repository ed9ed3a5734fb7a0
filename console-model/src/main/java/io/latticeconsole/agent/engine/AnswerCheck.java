package io.latticeconsole.agent.engine;

import io.latticeconsole.proto.inference.InferTensorContents;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.inference.ModelInferResponse.InferOutputTensor;

/// Compares what an answer's tensors contain with what they claim.
public final class AnswerCheck {
    private AnswerCheck() {}

    /// Lets an answer pass whose tensors are as large as their shapes and types say.
    ///
    /// @throws EngineProblem GARBAGE
    public static void require(String engine, ModelInferResponse answer) throws EngineProblem {
        int raw = answer.getRawOutputContentsCount();
        if (raw != 0 && raw != answer.getOutputsCount()) {
            throw garbage(engine, raw + " raw contents for " + answer.getOutputsCount() + " output tensors");
        }
        for (int i = 0; i < answer.getOutputsCount(); i++) {
            InferOutputTensor output = answer.getOutputs(i);
            long elements = elements(engine, output);
            int width = width(output.getDatatype());
            if (raw != 0 && width > 0) {
                long bytes = answer.getRawOutputContents(i).size();
                if (bytes % width != 0 || bytes / width != elements) {
                    throw garbage(engine, output, elements, bytes + " bytes");
                }
            } else if (raw == 0 && count(output.getContents()) != elements) {
                throw garbage(engine, output, elements, count(output.getContents()) + " elements");
            }
        }
    }

    private static long elements(String engine, InferOutputTensor output) throws EngineProblem {
        long elements = 1;
        for (long dimension : output.getShapeList()) {
            if (dimension < 0 || (dimension > 0 && elements > Integer.MAX_VALUE / dimension)) {
                throw garbage(engine, "output " + output.getName() + " of shape " + output.getShapeList());
            }
            elements *= dimension;
        }
        return elements;
    }

    private static long count(InferTensorContents contents) {
        return (long) contents.getBoolContentsCount()
                + contents.getIntContentsCount()
                + contents.getInt64ContentsCount()
                + contents.getUintContentsCount()
                + contents.getUint64ContentsCount()
                + contents.getFp32ContentsCount()
                + contents.getFp64ContentsCount()
                + contents.getBytesContentsCount();
    }

    /// Bytes of an element; 0 for types of unknown or varying size.
    private static int width(String datatype) {
        return switch (datatype) {
            case "BOOL", "INT8", "UINT8" -> 1;
            case "INT16", "UINT16", "FP16", "BF16" -> 2;
            case "INT32", "UINT32", "FP32" -> 4;
            case "INT64", "UINT64", "FP64" -> 8;
            default -> 0;
        };
    }

    private static EngineProblem garbage(String engine, InferOutputTensor output, long expected, String found) {
        return garbage(
                engine,
                "output " + output.getName() + " with " + found + ", expected " + expected + " elements of "
                        + output.getDatatype());
    }

    private static EngineProblem garbage(String engine, String what) {
        return new EngineProblem(EngineProblem.Kind.GARBAGE, engine + " answered " + what);
    }
}
