package io.latticeconsole.fuzz;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Words that a lattice knows, by the fields in which it said them, and words that nobody should say.
/// One thread.
final class Vocabulary {
    private static final int KEPT = 200;

    /// Fields that name what other fields told.
    private static final Map<String, List<String>> LIKE = Map.of(
            "targets", List.of("name", "node", "subject", "gateway"),
            "nodes", List.of("name", "node"),
            "parent", List.of("name"),
            "route", List.of("name"),
            "model", List.of("name", "model"),
            "model_name", List.of("code", "model"),
            "route_etag", List.of("etag"),
            "service", List.of("name"),
            "page_token", List.of("next_page_token"),
            "site", List.of("name"));

    private static final List<String> ODD = List.of(
            "",
            " ",
            "-",
            "regions/",
            "regions/eu/sites/../nodes/n1",
            "operations/-",
            "faults/f-1",
            "%s%n%d",
            "\0",
            "\uFFFD\u202Eabc",
            "x".repeat(300),
            "y".repeat(9000),
            "health=UP AND site=\"" + "z".repeat(500),
            "NaN",
            "-1",
            "9223372036854775808",
            "00000000-0000-0000-0000-000000000000");

    private final Map<String, List<String>> said = new HashMap<>();
    private final List<String> fields = new ArrayList<>();
    private int oldest;

    /// Takes over all texts of a message, nested ones too.
    void learn(Message message) {
        message.getAllFields().forEach((field, value) -> {
            if (value instanceof List<?> list) {
                list.forEach(one -> learn(field, one));
            } else {
                learn(field, value);
            }
        });
    }

    private void learn(FieldDescriptor field, Object value) {
        if (value instanceof Message nested) {
            learn(nested);
        } else if (value instanceof String text) {
            say(field.getName(), text);
        }
    }

    /// Adds a word to those of a field; of too many some are forgotten.
    void say(String field, String word) {
        List<String> words = said.computeIfAbsent(field, name -> {
            fields.add(name);
            return new ArrayList<>();
        });
        if (words.contains(word)) {
            return;
        }
        if (words.size() < KEPT) {
            words.add(word);
        } else {
            words.set(oldest++ % KEPT, word);
        }
    }

    /// A word for a field: mostly one that fits, at times one that belongs elsewhere or nowhere.
    String word(String field, RandomGenerator random) {
        int dice = random.nextInt(10);
        if (dice == 0) {
            return ODD.get(random.nextInt(ODD.size()));
        }
        String from = field;
        if (dice == 1 && !fields.isEmpty()) {
            from = fields.get(random.nextInt(fields.size()));
        } else if (dice < 6 || !said.containsKey(field)) {
            List<String> like = LIKE.getOrDefault(field, List.of(field));
            from = like.get(random.nextInt(like.size()));
        }
        List<String> words = said.getOrDefault(from, List.of());
        return words.isEmpty() ? "word-" + random.nextInt(100) : words.get(random.nextInt(words.size()));
    }
}
