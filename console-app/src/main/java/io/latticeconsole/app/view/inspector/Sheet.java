package io.latticeconsole.app.view.inspector;

import java.util.List;
import java.util.Set;

/// All that the inspector shows of one object. `banner` is a sentence that matters, empty for none, in the priority of
/// `priority`.
public record Sheet(
        String title,
        String subtitle,
        int priority,
        String banner,
        List<Reading> readings,
        List<Section> sections,
        Set<Action> actions) {
    /// What can be planned for the object; each opens a plan and has no effect by itself.
    public enum Action {
        DRAIN,
        REROUTE,
        REDEPLOY,
        RESTORE
    }

    public Sheet {
        readings = List.copyOf(readings);
        sections = List.copyOf(sections);
        actions = Set.copyOf(actions);
    }
}
