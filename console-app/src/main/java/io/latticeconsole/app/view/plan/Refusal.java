package io.latticeconsole.app.view.plan;

import java.util.List;

/// Why it did not go on, and at which step: a sentence and the short names of what it concerns.
public record Refusal(Step step, String sentence, List<String> subjects) {
    public Refusal {
        subjects = List.copyOf(subjects);
    }

    /// Where on the panel it is shown.
    public enum Step {
        PLAN,
        ARM,
        START
    }
}
