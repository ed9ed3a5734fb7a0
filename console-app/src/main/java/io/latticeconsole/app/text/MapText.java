package io.latticeconsole.app.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/// The words of the map, from `map.properties`.
public final class MapText {
    private static final ResourceBundle WORDS = ResourceBundle.getBundle("io.latticeconsole.app.text.map", Locale.ROOT);

    private MapText() {}

    /// The text of a key with its arguments filled in.
    ///
    /// @throws MissingResourceException if there is no such key
    public static String of(String key, Object... arguments) {
        String pattern = WORDS.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, Locale.ROOT).format(arguments);
    }

    /// The text of an enum constant under a prefix, such as `tier.EDGE`.
    public static String of(String prefix, Enum<?> constant) {
        return WORDS.getString(prefix + "." + constant.name());
    }
}
