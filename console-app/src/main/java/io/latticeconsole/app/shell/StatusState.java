package io.latticeconsole.app.shell;

import java.util.List;

/// What the status bar and the notice bands say. `endpoints` by name; `notices` are sentences, one per band; `problems`
/// counts what went wrong inside the console since it began, empty when nothing did.
public record StatusState(List<Heard> endpoints, List<Notice> notices, String clock, String weight, String problems) {
    static final StatusState EMPTY = new StatusState(List.of(), List.of(), "", "", "");

    /// An endpoint and when it was last heard: `eu 0.4 s`. `isStale` when it is not heard in time.
    public record Heard(String name, String age, boolean isStale) {}
}
