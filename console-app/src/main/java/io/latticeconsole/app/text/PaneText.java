package io.latticeconsole.app.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/// The words of the inspector, the plan panel, the lower tables and the exercise pane, from `panes.properties`.
public final class PaneText {
    private static final ResourceBundle WORDS =
            ResourceBundle.getBundle("io.latticeconsole.app.text.panes", Locale.ROOT);

    private PaneText() {}

    /// The text of a key with its arguments filled in.
    ///
    /// @throws MissingResourceException if there is no such key
    public static String of(String key, Object... arguments) {
        String pattern = WORDS.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, Locale.ROOT).format(arguments);
    }

    /// The text of an enum constant under a prefix, such as `health.DOWN`.
    public static String of(String prefix, Enum<?> constant) {
        return WORDS.getString(prefix + "." + constant.name());
    }

    /// Why an operation failed or went back, in words; a code that is not known as it came.
    public static String reason(String code) {
        return orElse("reason." + code, code);
    }

    /// The text of a key, or the other text where there is none.
    public static String orElse(String key, String otherwise) {
        return WORDS.containsKey(key) ? WORDS.getString(key) : otherwise;
    }
}
