package io.latticeconsole.app.cli;

import io.latticeconsole.app.ConsoleSession;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ResourceName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Saves a picture of the console and exits.
@Command(
        name = "shot",
        mixinStandardHelpOptions = true,
        description = {
            "Opens a console, waits for live data, injects a fault if asked to, waits, and saves a picture.",
            "Without a display it draws on an Xvfb of its own."
        },
        footer = {
            "",
            "Example:",
            "  lattice-console shot --fault node-crash --target par-1/n2 --delay 6 --theme day out.png"
        })
final class ShotCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The PNG file to write.")
    private Path file = Path.of("console.png");

    @Option(
            names = "--fault",
            paramLabel = "KIND",
            converter = FaultKindConverter.class,
            description = "Fault to inject once data is live, such as node-crash, site-power-loss, control-loss.")
    private @Nullable FaultKind fault;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "What the fault hits: a resource name, or its end such as par-1/n2, par-1, europe.")
    private @Nullable String target;

    @Option(
            names = "--select",
            paramLabel = "NAME",
            description = "What is selected in the picture, named as for --target. Default: the target of the fault.")
    private @Nullable String select;

    @Option(
            names = "--run",
            paramLabel = "COMMAND",
            split = ",",
            description = "Commands of the window to run before the picture, such as map.geographic.")
    private List<String> commands = new ArrayList<>();

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            description = "Time between live data and the fault. Default: 3.")
    private double settle = 3;

    @Option(
            names = "--delay",
            paramLabel = "SECONDS",
            description = "Time between the fault and the picture. Default: 0.")
    private double delay;

    @Mixin
    private WindowFlags window = new WindowFlags();

    @Override
    public Integer call() throws Exception {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("not run by picocli");
        }
        String hit = target;
        FaultKind kind = fault;
        if (kind != null && hit == null) {
            throw new ParameterException(command.commandLine(), "--fault needs a --target, such as par-1/n2");
        }
        PrintWriter out = command.commandLine().getOut();
        List<String> arguments =
                command.commandLine().getParent().getParseResult().originalArgs();
        return Display.on(arguments, out, () -> take(out, kind, hit));
    }

    private int take(PrintWriter out, @Nullable FaultKind kind, @Nullable String hit) throws Exception {
        try (ConsoleSession session = ConsoleSession.open(window.options())) {
            session.awaitLive(PATIENCE);
            pause(settle);
            if (kind != null && hit != null) {
                inject(session, kind, Targets.find(session.state(), hit));
            }
            String selected = select == null ? hit : select;
            if (selected != null) {
                session.select(Targets.find(session.state(), selected));
            }
            for (String command : commands) {
                session.run(command);
            }
            pause(Math.max(delay, selected == null && commands.isEmpty() ? 0 : 0.5));
            session.picture().write(file);
            out.println(file.toAbsolutePath());
            out.flush();
        }
        return Ending.now(0);
    }

    private static void inject(ConsoleSession session, FaultKind kind, ResourceName target) throws Exception {
        FaultSpec fault = new FaultSpec(kind, List.of(target), 0, kind == FaultKind.ACCELERATOR_XID ? 79 : 0, 0, 0, "");
        try {
            session.orders().inject(fault).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IllegalArgumentException(
                    "the lattice refused the fault: " + (cause == null ? e : cause).getMessage(), e);
        }
    }

    /// Lets the lattice go on for a while: what is waited for is time itself.
    private static void pause(double seconds) throws Exception {
        var _ = new CompletableFuture<Boolean>()
                .completeOnTimeout(true, (long) (seconds * 1000), TimeUnit.MILLISECONDS)
                .get();
    }
}
