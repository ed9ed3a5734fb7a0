package io.latticeconsole.app.shell;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Keys pressed together.
public sealed interface Chord {
    boolean matches(KeyEvent event);

    /// Whether it rests while somebody types into a text field.
    boolean isSingle();

    /// As it is shown: `Ctrl+K`.
    String text();

    static Chord of(KeyCode code) {
        return new Press(code, false, false);
    }

    static Chord control(KeyCode code) {
        return new Press(code, true, false);
    }

    /// A character wherever the keyboard has it; `us` is the key of the US layout, for events that carry no text.
    static Chord typed(String character, KeyCode us, boolean shifted) {
        return new Typed(character, us, shifted);
    }

    /// A key with exactly these modifiers.
    record Press(KeyCode code, boolean control, boolean shift) implements Chord {
        @Override
        public boolean matches(KeyEvent event) {
            return isKey(event) && event.isShortcutDown() == control && !event.isAltDown();
        }

        /// With the same signs elsewhere on the keyboard: many press + for what is said here as =.
        private boolean isKey(KeyEvent event) {
            KeyCode pressed = event.getCode();
            boolean sameSign = switch (code) {
                case EQUALS -> pressed == KeyCode.PLUS || pressed == KeyCode.ADD;
                case MINUS -> pressed == KeyCode.SUBTRACT;
                case DIGIT0 -> pressed == KeyCode.NUMPAD0;
                default -> false;
            };
            boolean plus = code == KeyCode.EQUALS && pressed == code && event.isShiftDown();
            return sameSign || plus || (pressed == code && event.isShiftDown() == shift);
        }

        @Override
        public boolean isSingle() {
            return !control && !code.isFunctionKey();
        }

        @Override
        public String text() {
            return (control ? "Ctrl+" : "") + (shift ? "Shift+" : "") + name();
        }

        private String name() {
            return switch (code) {
                case EQUALS -> "=";
                case MINUS -> "-";
                default -> code.getName();
            };
        }
    }

    record Typed(String character, KeyCode us, boolean shifted) implements Chord {
        @Override
        public boolean matches(KeyEvent event) {
            if (event.isShortcutDown() || event.isAltDown()) {
                return false;
            }
            return character.equals(event.getText()) || (event.getCode() == us && event.isShiftDown() == shifted);
        }

        @Override
        public boolean isSingle() {
            return true;
        }

        @Override
        public String text() {
            return character;
        }
    }
}
