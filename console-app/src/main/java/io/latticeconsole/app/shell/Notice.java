package io.latticeconsole.app.shell;

/// A sentence in a band; `priority` 1 to 4 marks one that has to be acted on, 0 does not.
public record Notice(String text, int priority) {
    static Notice plain(String text) {
        return new Notice(text, 0);
    }
}
