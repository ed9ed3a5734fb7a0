package io.latticeconsole.app;

import io.latticeconsole.app.shell.Chord;
import io.latticeconsole.app.shell.Command;
import io.latticeconsole.app.shell.Commands;
import io.latticeconsole.app.shell.ConsoleWindow;
import io.latticeconsole.app.text.Words;
import io.latticeconsole.app.view.map.TopologyMap;
import io.latticeconsole.app.view.map.layout.Arrangement;
import io.latticeconsole.app.view.map.layout.DetailLevel;
import io.latticeconsole.app.view.plan.PlanKind;
import io.latticeconsole.lattice.ResourceName;
import java.util.function.Supplier;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;

/// What the screens can be told to do, as commands.
final class ScreenCommands {
    private final Screens screens;
    private final Supplier<ConsoleWindow> window;
    private final Commands commands;

    private ScreenCommands(Screens screens, Commands commands, Supplier<ConsoleWindow> window) {
        this.screens = screens;
        this.commands = commands;
        this.window = window;
    }

    static void add(Screens screens, Commands commands, Supplier<ConsoleWindow> window) {
        ScreenCommands adding = new ScreenCommands(screens, commands, window);
        adding.addMap();
        adding.addPlans();
        adding.addOperations();
        adding.addExercise();
    }

    private void addMap() {
        TopologyMap map = screens.topology.map();
        add(Command.Group.MAP, "map.schematic", KeyCode.S, () -> map.arrange(Arrangement.SCHEMATIC));
        add(Command.Group.MAP, "map.geographic", KeyCode.G, () -> map.arrange(Arrangement.GEOGRAPHIC));
        add(Command.Group.MAP, "map.world", KeyCode.DIGIT1, () -> map.goTo(DetailLevel.WORLD));
        add(Command.Group.MAP, "map.region", KeyCode.DIGIT2, () -> map.goTo(DetailLevel.REGION));
        add(Command.Group.MAP, "map.site", KeyCode.DIGIT3, () -> map.goTo(DetailLevel.SITE));
        add(Command.Group.MAP, "map.node", KeyCode.DIGIT4, () -> map.goTo(DetailLevel.NODE));
        add(Command.Group.MAP, "map.fit", KeyCode.DIGIT0, map::fit);
        add(Command.Group.MAP, "map.drift", KeyCode.F, () -> map.setDrift(!map.isDrift()));
        add(Command.Group.MAP, "map.focus", null, screens.topology::requestFocus);
    }

    private void addPlans() {
        plan("plan.drain", KeyCode.D, PlanKind.DRAIN);
        plan("plan.reroute", KeyCode.E, PlanKind.REROUTE);
        plan("plan.redeploy", KeyCode.P, PlanKind.REDEPLOY);
        plan("plan.restore", KeyCode.U, PlanKind.RESTORE);
    }

    private void plan(String id, KeyCode key, PlanKind kind) {
        add(Command.Group.PLAN, id, key, () -> {
            ResourceName selected = screens.selection.selected();
            if (selected == null) {
                window.get().say(Words.of("say.selectFirst"));
                return;
            }
            window.get().showRight();
            if (!screens.openPlan(kind)) {
                window.get().say(Words.of("say.noSuchPlan", Words.of("command." + id), selected.name()));
            }
        });
    }

    private void addOperations() {
        commands.add(new Command(
                "operation.hold",
                Command.Group.PLAN,
                Chord.typed(".", KeyCode.PERIOD, false),
                screens.operations::holdOrResume));
        add(Command.Group.PLAN, "operation.cancel", KeyCode.X, () -> {
            window.get().showTab("operations");
            screens.operations.planCancel();
        });
        add(Command.Group.PLAN, "tab.nodes", null, () -> window.get().showTab("nodes"));
        add(Command.Group.PLAN, "tab.operations", null, () -> window.get().showTab("operations"));
        add(Command.Group.PLAN, "tab.failovers", null, () -> window.get().showTab("failovers"));
        add(Command.Group.PLAN, "tab.journal", null, () -> window.get().showTab("journal"));
    }

    private void addExercise() {
        commands.add(new Command(
                "exercise.inject",
                Command.Group.EXERCISE,
                Chord.of(KeyCode.I),
                () -> screens.exercise.availableProperty().get(),
                () -> {
                    window.get().showRight();
                    screens.exercise.preset(screens.selection.selected());
                    screens.right.openExercise();
                }));
        commands.add(new Command(
                "exercise.pause",
                Command.Group.EXERCISE,
                null,
                () -> screens.exercise.availableProperty().get(),
                screens.exercise::pauseOrGoOn));
    }

    private void add(Command.Group group, String id, @Nullable KeyCode key, Runnable action) {
        commands.add(new Command(id, group, key == null ? null : Chord.of(key), action));
    }
}
