package io.latticeconsole.app.format;

import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.LatticeState;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A refusal as an operator reads it.
public final class RefusalText {
    /// A field of the contract, perhaps below the message that it belongs to: `Request.spec.drain.deadline`.
    private static final Pattern FIELD = Pattern.compile(
            "(?<![\\w/'-])(?:[A-Z]\\w*\\.)?([a-z]\\w*(?:\\[\\d+])?(?:\\.[a-z]\\w*(?:\\[\\d+])?)*)(?![\\w/'-])");

    private RefusalText() {}

    /// The endpoint's sentence with what people call things in it.
    public static String sentence(LatticeState lattice, OrderRefused refused) {
        String sentence = ObjectNames.inText(lattice, String.valueOf(refused.getMessage()));
        return FIELD.matcher(sentence).replaceAll(m -> {
            boolean named =
                    refused.subjects().contains(m.group(1)) || m.group(1).contains("_");
            return Matcher.quoteReplacement(named ? field(m.group(1), m.group()) : m.group());
        });
    }

    /// A sentence on a refusal, followed by what it concerns as far as the sentence does not name it.
    public static String withSubjects(LatticeState lattice, String sentence, OrderRefused refused) {
        String unnamed = refused.subjects().stream()
                .map(s -> field(s, ObjectNames.of(lattice, s)))
                .filter(s -> !sentence.contains(s))
                .collect(Collectors.joining(", "));
        return unnamed.isEmpty() ? sentence : sentence + " — " + unnamed;
    }

    /// What the screen calls a field, which is the last part of its path that is on the screen.
    private static String field(String path, String otherwise) {
        for (String part : List.of(path.split("\\.")).reversed()) {
            String known = PaneText.orElse("field." + part.replaceAll("\\[.*", ""), "");
            if (!known.isEmpty()) {
                return known;
            }
        }
        return otherwise;
    }
}
