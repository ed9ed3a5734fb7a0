package io.latticeconsole.agent.config;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Words of a file for constants: `nvidia-smi` is NVIDIA_SMI.
final class EnumWords extends DeserializationProblemHandler {
    static String word(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public @Nullable Object handleWeirdStringValue(
            DeserializationContext context, Class<?> type, String value, String failure) {
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (word(constant).equals(value)) {
                    return constant;
                }
            }
        }
        return NOT_HANDLED;
    }
}
