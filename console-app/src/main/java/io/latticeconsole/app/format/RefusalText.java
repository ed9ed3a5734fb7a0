package io.latticeconsole.app.format;

import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.LatticeState;
import java.util.stream.Collectors;

/// A refusal as an operator reads it.
public final class RefusalText {
    private RefusalText() {}

    /// The endpoint's sentence with what people call things in it.
    public static String sentence(LatticeState lattice, OrderRefused refused) {
        return ObjectNames.inText(lattice, String.valueOf(refused.getMessage()));
    }

    /// A sentence on a refusal, followed by what it concerns as far as the sentence does not name it.
    public static String withSubjects(LatticeState lattice, String sentence, OrderRefused refused) {
        String unnamed = refused.subjects().stream()
                .map(s -> ObjectNames.of(lattice, s))
                .filter(s -> !sentence.contains(s))
                .collect(Collectors.joining(", "));
        return unnamed.isEmpty() ? sentence : sentence + " — " + unnamed;
    }
}
