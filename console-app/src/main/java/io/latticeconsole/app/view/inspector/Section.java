package io.latticeconsole.app.view.inspector;

import io.latticeconsole.app.control.PhaseStep;
import io.latticeconsole.lattice.ResourceName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of the inspector under a heading with a note at its right.
public sealed interface Section {
    String heading();

    String note();

    /// Names and values.
    record Facts(String heading, String note, List<Fact> facts) implements Section {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /// Phases of something that runs, with names and values below.
    record Steps(String heading, String note, List<PhaseStep> steps, List<Fact> facts) implements Section {
        public Steps {
            steps = List.copyOf(steps);
            facts = List.copyOf(facts);
        }
    }

    /// Things, each with a line below its name.
    record Items(String heading, String note, List<Item> items) implements Section {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// A name and its value.
    record Fact(String name, String value) {}

    /// A thing: `priority` 1 to 4, 0 for none; `target` is what picking it selects, null where there is nothing.
    record Item(
            String name,
            String note,
            int priority,
            @Nullable ResourceName target) {}
}
