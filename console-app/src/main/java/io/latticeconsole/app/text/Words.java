package io.latticeconsole.app.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/// The words of window, top bar, rails, palette and controls, from `messages.properties`.
public final class Words {
    private static final ResourceBundle WORDS =
            ResourceBundle.getBundle("io.latticeconsole.app.text.messages", Locale.ROOT);

    private Words() {}

    /// The text of a key with its arguments filled in; numbers are to be formatted before they get here.
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

    /// One of two texts by number: `key.one` for 1, `key.many` otherwise, with the number as its argument.
    public static String counted(String key, long count) {
        return of(key + (count == 1 ? ".one" : ".many"), Long.toString(count));
    }
}
