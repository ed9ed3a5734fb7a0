package io.latticeconsole.app.cli;

import io.latticeconsole.exercise.FaultKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Kinds of faults in small letters with hyphens.
final class FaultKindConverter implements ITypeConverter<FaultKind> {
    @Override
    public FaultKind convert(String typed) {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> typed(kind).equals(typed))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + typed + "' is no fault; expected one of "
                        + Arrays.stream(FaultKind.values())
                                .map(FaultKindConverter::typed)
                                .collect(Collectors.joining(", "))));
    }

    private static String typed(FaultKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
