package io.latticeconsole.app.shell;

import io.latticeconsole.app.view.search.Found;
import io.latticeconsole.app.view.search.Fuzzy;
import io.latticeconsole.app.view.search.ObjectIndex;
import io.latticeconsole.store.ConsoleState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What the command palette offers for a few letters: commands that can be run now, then objects to go to. FX thread.
public final class PaletteViewModel {
    private static final int MOST = 12;
    private static final int MOST_COMMANDS_BESIDE_OBJECTS = 7;

    private record Scored(Command command, int score) {}

    private final Commands commands;
    private final Supplier<ConsoleState> state;
    private final Consumer<Found> goTo;
    private final ObjectIndex objects = new ObjectIndex();

    public PaletteViewModel(Commands commands, Supplier<ConsoleState> state, Consumer<Found> goTo) {
        this.commands = commands;
        this.state = state;
        this.goTo = goTo;
    }

    /// The entries for a query, best first; all commands for an empty one.
    public List<PaletteEntry> entries(String query) {
        List<Scored> scored = new ArrayList<>();
        for (Command command : commands.all()) {
            int score = Fuzzy.score(query, command.title());
            if (score != Fuzzy.NO_MATCH && command.available().getAsBoolean()) {
                scored.add(new Scored(command, score));
            }
        }
        if (!query.isBlank()) {
            scored.sort(Comparator.comparingInt(Scored::score).reversed());
        }
        List<Found> found = objects.find(state.get(), query, MOST);
        int room = found.isEmpty() ? Integer.MAX_VALUE : MOST_COMMANDS_BESIDE_OBJECTS;
        List<PaletteEntry> entries = new ArrayList<>();
        scored.stream()
                .limit(room)
                .map(s -> new PaletteEntry(s.command.title(), s.command.keys(), s.command.action()))
                .forEach(entries::add);
        int objectsAt = betterThanCommands(query, scored, found) ? 0 : entries.size();
        entries.addAll(
                objectsAt,
                found.stream()
                        .limit(MOST)
                        .map(f -> new PaletteEntry(f.title(), f.detail(), () -> goTo.accept(f)))
                        .toList());
        return entries;
    }

    private static boolean betterThanCommands(String query, List<Scored> commands, List<Found> found) {
        return !found.isEmpty()
                && !commands.isEmpty()
                && Fuzzy.score(query, found.getFirst().title())
                        > commands.getFirst().score();
    }
}
