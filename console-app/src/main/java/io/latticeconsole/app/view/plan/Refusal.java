package io.latticeconsole.app.view.plan;

/// Why it did not go on, and at which step, as a sentence.
public record Refusal(Step step, String sentence) {
    /// Where on the panel it is shown.
    public enum Step {
        PLAN,
        ARM,
        START
    }
}
