package io.latticeconsole.agent.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads an agent's configuration, YAML with comments. An unknown key is an error, as is one that stands twice.
public final class ConfigReader {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .addHandler(new EnumWords())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final String text;
    private final Map<String, Integer> lines = new HashMap<>();

    private ConfigReader(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /// Reads a file.
    ///
    /// @throws ConfigProblem naming line and field of what is wrong
    public static AgentFile read(Path file) throws ConfigProblem {
        try {
            return new ConfigReader(file, Files.readString(file)).parse();
        } catch (NoSuchFileException e) {
            throw new ConfigProblem(file.toString(), 0, "", "there is no such file");
        } catch (MalformedInputException e) {
            throw new ConfigProblem(file.toString(), 0, "", "is not UTF-8 text");
        } catch (IOException e) {
            throw new ConfigProblem(file.toString(), 0, "", "cannot be read: " + e.getMessage());
        }
    }

    private AgentFile parse() throws ConfigProblem {
        try {
            Map<?, ?> top = roles();
            Class<? extends AgentFile> type = "gateway".equals(top.get("role")) ? GatewayFile.class : NodeFile.class;
            AgentFile read = YAML.readValue(text, type);
            if (read instanceof GatewayFile gateway) {
                var _ = ConfiguredWorld.of(gateway);
            }
            if (read instanceof NodeFile node) {
                var _ = node.ownGateway().map(ConfiguredWorld::of);
            }
            return read;
        } catch (BadField bad) {
            throw new ConfigProblem(file.toString(), lines.getOrDefault(bad.field(), 0), bad.field(), bad.getMessage());
        } catch (JsonMappingException wrong) {
            throw problem(wrong);
        } catch (JsonProcessingException wrong) {
            throw new ConfigProblem(file.toString(), line(wrong), "", wrong.getOriginalMessage());
        }
    }

    private Map<?, ?> roles() throws JsonProcessingException, ConfigProblem {
        locate();
        Object tree = YAML.readValue(text, Object.class);
        if (!(tree instanceof Map<?, ?> top)) {
            throw new ConfigProblem(file.toString(), 1, "", "is no list of 'key: value' lines");
        }
        Object role = top.get("role");
        if (!"node".equals(role) && !"gateway".equals(role)) {
            String found = role == null ? "nothing" : "'" + role + "'";
            throw new ConfigProblem(
                    file.toString(),
                    lines.getOrDefault("role", 1),
                    "role",
                    "found " + found + ", expected node or gateway");
        }
        return top;
    }

    /// Notes the line of every field.
    private void locate() throws JsonProcessingException {
        try (JsonParser parser = YAML.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY) {
                    lines.putIfAbsent(
                            field(parser.getParsingContext().pathAsPointer().toString()),
                            parser.currentTokenLocation().getLineNr());
                }
            }
        } catch (JsonProcessingException wrong) {
            throw wrong;
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot be read", e);
        }
    }

    /// `/sites/0/nodes` as `sites[0].nodes`.
    private static String field(String pointer) {
        return Arrays.stream(pointer.split("/"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.chars().allMatch(Character::isDigit) ? "[" + part + "]" : "." + part)
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private ConfigProblem problem(JsonMappingException wrong) {
        String field = field(wrong.getPath());
        for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadField bad) {
                String whole = field.isEmpty() ? bad.field() : field + "." + bad.field();
                return new ConfigProblem(file.toString(), lineOf(whole, wrong), whole, bad.getMessage());
            }
        }
        String stranger = strangerBeside(field, wrong);
        if (!stranger.isEmpty()) {
            return new ConfigProblem(file.toString(), lineOf(stranger, wrong), stranger, isNoKey(keys(wrong)));
        }
        String sentence = switch (wrong) {
            case UnrecognizedPropertyException unknown ->
                isNoKey(unknown.getKnownPropertyIds().stream()
                        .map(String::valueOf)
                        .toList());
            case InvalidFormatException odd -> "found '" + odd.getValue() + "', expected " + expected(odd);
            default -> isMissing(wrong) ? "is missing" : wrong.getOriginalMessage();
        };
        return new ConfigProblem(file.toString(), lineOf(field, wrong), field, sentence);
    }

    private static boolean isMissing(JsonMappingException wrong) {
        return wrong.getOriginalMessage().startsWith("Missing required");
    }

    private static String isNoKey(List<String> keys) {
        return "is not a key here; expected one of " + keys.stream().sorted().collect(Collectors.joining(", "));
    }

    /// Where a key is missing, one beside it that is not known is likely the same one misspelt; empty if there is none.
    private String strangerBeside(String field, JsonMappingException wrong) {
        List<String> keys = keys(wrong);
        if (!isMissing(wrong) || keys.isEmpty()) {
            return "";
        }
        String inside = field.contains(".") ? field.substring(0, field.lastIndexOf('.') + 1) : "";
        return lines.keySet().stream()
                .filter(f -> f.startsWith(inside))
                .filter(f -> f.substring(inside.length()).matches("[^.\\[]+"))
                .filter(f -> !keys.contains(f.substring(inside.length())))
                .findFirst()
                .orElse("");
    }

    /// The keys of what the missing one belongs to.
    private static List<String> keys(JsonMappingException wrong) {
        Object of = wrong.getPath().isEmpty() ? "" : wrong.getPath().getLast().getFrom();
        Class<?> type = of instanceof Class<?> c ? c : of.getClass();
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(c -> c.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                        .toList()
                : List.of();
    }

    private static String expected(InvalidFormatException odd) {
        Class<?> type = odd.getTargetType();
        return type.isEnum()
                ? "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(EnumWords::word)
                                .collect(Collectors.joining(", "))
                : type.isPrimitive() ? "a number" : "another kind of value";
    }

    /// The line of a field; of what it stands in, where it is absent.
    private int lineOf(String field, JsonProcessingException wrong) {
        for (String at = field; !at.isEmpty(); at = parent(at)) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return line(wrong);
    }

    private static String parent(String field) {
        int cut = Math.max(field.lastIndexOf('.'), field.lastIndexOf('['));
        return cut < 0 ? "" : field.substring(0, cut);
    }

    private static int line(JsonProcessingException wrong) {
        return wrong.getLocation() == null ? 0 : Math.max(0, wrong.getLocation().getLineNr());
    }

    private static String field(List<JsonMappingException.Reference> path) {
        return path.stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
