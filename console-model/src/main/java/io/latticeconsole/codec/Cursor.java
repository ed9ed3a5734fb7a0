package io.latticeconsole.codec;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in a message, from which fields are read with a check. Every check returns the value or throws
/// [MalformedMessage] naming the field.
public final class Cursor {
    // Years 0001 to 9999, as google.protobuf.Timestamp allows.
    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;
    // Ten years; no span of the contract is longer.
    private static final long LONGEST_SPAN_SECONDS = 315_576_000L;

    private final @Nullable Cursor parent;
    private final String name;
    private final int item;

    private Cursor(@Nullable Cursor parent, String name, int item) {
        this.parent = parent;
        this.name = name;
        this.item = item;
    }

    /// The start of a message of that type.
    public static Cursor at(String message) {
        return new Cursor(null, message, -1);
    }

    /// The place of a sub-message.
    public Cursor field(String field) {
        return new Cursor(this, field, -1);
    }

    /// The place of one of a list's messages.
    public Cursor item(String field, int index) {
        return new Cursor(this, field, index);
    }

    /// The path of a field below this place.
    public String path(String field) {
        return this + "." + field;
    }

    @Override
    public String toString() {
        String here = item < 0 ? name : name + "[" + item + "]";
        return parent == null ? here : parent + "." + here;
    }

    /// What to throw when a field is wrong.
    public MalformedMessage malformed(String field, Object found, String expected) {
        return new MalformedMessage(path(field), String.valueOf(found), expected);
    }

    /// Reads a resource name with the constructor of its type.
    public <T> T named(String field, String value, Function<String, T> type) {
        try {
            return type.apply(value);
        } catch (IllegalArgumentException e) {
            MalformedMessage malformed = malformed(field, "'" + value + "'", "a resource name: " + e.getMessage());
            malformed.initCause(e);
            throw malformed;
        }
    }

    /// Reads a name of a given form.
    public String formed(String field, String value, Pattern form) {
        if (!form.matcher(value).matches()) {
            throw malformed(field, "'" + value + "'", "the form " + form);
        }
        return value;
    }

    /// Reads a text that must not be empty.
    public String text(String field, String value) {
        if (value.isEmpty()) {
            throw malformed(field, "nothing", "a text");
        }
        return value;
    }

    /// Reads an enum that the contract carries as its name.
    <E extends Enum<E>> E constant(String field, String value, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        throw malformed(field, "'" + value + "'", "one of " + List.of(type.getEnumConstants()));
    }

    /// Reads a number within bounds; never NaN.
    public double within(String field, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw malformed(field, value, low + " to " + high);
        }
        return value;
    }

    /// Reads a number that is NaN or within bounds.
    public double reading(String field, double value, double low, double high) {
        return Double.isNaN(value) ? value : within(field, value, low, high);
    }

    /// Reads a number that is NaN or finite.
    double reading(String field, double value) {
        return reading(field, value, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    /// Reads a finite number from 0 up.
    double positive(String field, double value) {
        return within(field, value, 0, Double.MAX_VALUE);
    }

    /// Reads a uint32 that fits an int.
    public int count(String field, int value) {
        if (value < 0) {
            throw malformed(field, Integer.toUnsignedString(value), "0 to " + Integer.MAX_VALUE);
        }
        return value;
    }

    /// Reads a uint64 that fits a long.
    public long count(String field, long value) {
        if (value < 0) {
            throw malformed(field, Long.toUnsignedString(value), "0 to " + Long.MAX_VALUE);
        }
        return value;
    }

    Instant time(String field, boolean present, Timestamp value) {
        if (!present) {
            throw malformed(field, "nothing", "a time");
        }
        return instant(field, value);
    }

    @Nullable
    Instant optionalTime(String field, boolean present, Timestamp value) {
        return present ? instant(field, value) : null;
    }

    private Instant instant(String field, Timestamp value) {
        long seconds = value.getSeconds();
        int nanos = value.getNanos();
        if (seconds < FIRST_SECOND || seconds > LAST_SECOND || nanos < 0 || nanos > 999_999_999) {
            throw malformed(field, seconds + " s " + nanos + " ns", "a time of the years 1 to 9999");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    @Nullable
    Duration optionalSpan(String field, boolean present, com.google.protobuf.Duration value) {
        if (!present) {
            return null;
        }
        long seconds = value.getSeconds();
        int nanos = value.getNanos();
        if (seconds < 0 || seconds > LONGEST_SPAN_SECONDS || nanos < 0 || nanos > 999_999_999) {
            throw malformed(field, seconds + " s " + nanos + " ns", "a time span of 0 s to ten years");
        }
        return Duration.ofSeconds(seconds, nanos);
    }

    /// Reads a sub-message that must be there.
    void present(String field, boolean present) {
        if (!present) {
            throw malformed(field, "nothing", "a message");
        }
    }

    /// Reads a list of messages or names, each with its own place.
    public <P, T> List<T> list(String field, List<P> values, BiFunction<P, Cursor, T> reader) {
        List<T> read = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            read.add(reader.apply(values.get(i), item(field, i)));
        }
        return read;
    }

    /// Reads a list of resource names.
    public <T> List<T> names(String field, List<String> values, Function<String, T> type) {
        List<T> read = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            read.add(named(field + "[" + i + "]", values.get(i), type));
        }
        return read;
    }
}
