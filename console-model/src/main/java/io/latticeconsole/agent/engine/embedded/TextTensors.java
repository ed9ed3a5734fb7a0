package io.latticeconsole.agent.engine.embedded;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusException;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferRequest.InferInputTensor;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.inference.ModelMetadataResponse.TensorMetadata;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Texts out of a request's BYTES tensor `text`, vectors into an answer's FP32 tensor `embedding`.
final class TextTensors {
    static final int MAX_TEXTS = 32;
    static final int MAX_TEXT_BYTES = 64 << 10;
    static final TensorMetadata INPUT = TensorMetadata.newBuilder()
            .setName("text")
            .setDatatype("BYTES")
            .addShape(-1)
            .build();
    static final TensorMetadata OUTPUT = TensorMetadata.newBuilder()
            .setName("embedding")
            .setDatatype("FP32")
            .addShape(-1)
            .addShape(384)
            .build();

    private TextTensors() {}

    /// @throws StatusException INVALID_ARGUMENT with what was expected
    static List<String> texts(ModelInferRequest request) throws StatusException {
        if (request.getInputsCount() != 1
                || !request.getInputs(0).getName().equals(INPUT.getName())
                || !request.getInputs(0).getDatatype().equals(INPUT.getDatatype())) {
            throw bad("expected one input named text of type BYTES");
        }
        InferInputTensor input = request.getInputs(0);
        List<ByteString> elements = request.getRawInputContentsCount() == 0
                ? input.getContents().getBytesContentsList()
                : raw(request.getRawInputContents(0));
        if (elements.isEmpty() || elements.size() > MAX_TEXTS) {
            throw bad("text has " + elements.size() + " elements, expected 1 to " + MAX_TEXTS);
        }
        if (input.getShapeCount() != 1 || input.getShape(0) != elements.size()) {
            throw bad("text has shape " + input.getShapeList() + " and " + elements.size() + " elements");
        }
        List<String> texts = new ArrayList<>();
        for (ByteString element : elements) {
            if (element.size() > MAX_TEXT_BYTES || !element.isValidUtf8()) {
                throw bad("an element of text is not UTF-8 of at most " + MAX_TEXT_BYTES + " bytes");
            }
            texts.add(element.toStringUtf8());
        }
        return texts;
    }

    private static List<ByteString> raw(ByteString content) throws StatusException {
        List<ByteString> elements = new ArrayList<>();
        ByteBuffer bytes = content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw bad("raw_input_contents end within an element");
            }
            elements.add(content.substring(bytes.position(), bytes.position() + length));
            bytes.position(bytes.position() + length);
        }
        return elements;
    }

    static ModelInferResponse answer(ModelInferRequest request, String version, List<float[]> vectors) {
        int width = vectors.getFirst().length;
        ByteBuffer bytes =
                ByteBuffer.allocate(vectors.size() * width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] vector : vectors) {
            for (float value : vector) {
                bytes.putFloat(value);
            }
        }
        ModelInferResponse.Builder answer = ModelInferResponse.newBuilder()
                .setModelName(request.getModelName())
                .setModelVersion(version)
                .setId(request.getId())
                .addRawOutputContents(ByteString.copyFrom(bytes.flip()));
        answer.addOutputsBuilder()
                .setName(OUTPUT.getName())
                .setDatatype(OUTPUT.getDatatype())
                .addShape(vectors.size())
                .addShape(width);
        return answer.build();
    }

    private static StatusException bad(String message) {
        return Status.INVALID_ARGUMENT.withDescription(message).asException();
    }
}
