package io.latticeconsole.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.random.RandomGenerator;

/// Makes messages that parse: fields that make sense together, fields that do not, numbers out of range.
final class MessageMaker {
    private static final int DEEPEST = 6;
    private static final int MANY = 2000;
    private static final long[] WHOLE = {
        0, 1, 2, 30, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final double[] REAL = {
        0, 1, 0.5, 0.05, -1, -0.0, 1e-300, 1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };

    private final Vocabulary words;

    MessageMaker(Vocabulary words) {
        this.words = words;
    }

    /// A message of the prototype's type.
    Message like(Message prototype, RandomGenerator random) {
        return fill(prototype.newBuilderForType(), 0, random).build();
    }

    private Message.Builder fill(Message.Builder message, int depth, RandomGenerator random) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (random.nextInt(10) < 3 || (nested && depth == DEEPEST)) {
                continue;
            }
            if (field.isRepeated()) {
                int most = nested ? 3 : random.nextInt(1000) == 0 ? MANY : 3;
                for (int n = random.nextInt(most + 1); n > 0; n--) {
                    message.addRepeatedField(field, value(message, field, depth, random));
                }
            } else {
                message.setField(field, value(message, field, depth, random));
            }
        }
        return message;
    }

    private Object value(Message.Builder of, FieldDescriptor field, int depth, RandomGenerator random) {
        return switch (field.getJavaType()) {
            case INT -> (int) whole(random);
            case LONG -> whole(random);
            case FLOAT -> (float) real(random);
            case DOUBLE -> real(random);
            case BOOLEAN -> random.nextBoolean();
            case STRING -> words.word(field.getName(), random);
            case BYTE_STRING -> ByteString.copyFrom(Mutation.noise(random.nextInt(40), random));
            case ENUM -> constant(field.getEnumType(), random);
            case MESSAGE ->
                fill(of.newBuilderForField(field), depth + 1, random).build();
        };
    }

    private static Object constant(EnumDescriptor type, RandomGenerator random) {
        return random.nextInt(10) == 0
                ? type.findValueByNumberCreatingIfUnknown(random.nextInt(2000) - 1000)
                : type.getValues().get(random.nextInt(type.getValues().size()));
    }

    private static long whole(RandomGenerator random) {
        return random.nextInt(3) > 0 ? random.nextInt(50) : WHOLE[random.nextInt(WHOLE.length)];
    }

    private static double real(RandomGenerator random) {
        return random.nextInt(3) > 0 ? random.nextDouble() : REAL[random.nextInt(REAL.length)];
    }
}
