package io.latticeconsole.app.cli;

import io.latticeconsole.app.ConsoleApplication;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The whole command line; without a subcommand it opens the console.
@Command(
        name = "lattice-console",
        mixinStandardHelpOptions = true,
        version = "Lattice Console 0.1, contract lattice.v1",
        subcommands = {
            ConsoleCommand.class,
            DrillCommand.class,
            AgentCommand.class,
            ShotCommand.class,
            CaCommand.class,
            BenchCommand.class
        },
        description = {
            "Monitors and controls an inference lattice.",
            "",
            "Without --connect the console brings its own lattice to practise on: it runs in memory, request by "
                    + "request, behind real gRPC servers on loopback, and faults can be injected (I).",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  lattice-console                                  a console on the drill lattice Aurora",
            "  lattice-console --nodes 1000 --theme day         a larger lattice, in daylight",
            "  lattice-console drill --listen 127.0.0.1:7443    a headless lattice for several consoles",
            "  lattice-console --connect 127.0.0.1:7443         a console on it; finds the other gateways itself",
            "  lattice-console shot --fault node-crash --target par-1/n2 --delay 6 a.png",
            "  lattice-console agent run node.yaml              a real machine as a node, or a gateway of several",
            "  lattice-console ca init pki                      certificates for mutual TLS, see ca --help",
            "  lattice-console bench                            what can be measured",
            "",
            "Exit codes: 0 done, 1 failed (one sentence says why), 2 wrong arguments."
        })
public final class LatticeCommand implements Callable<Integer> {
    @Mixin
    private WindowFlags window = new WindowFlags();

    /// The command line, ready to execute. Failures are one sentence on standard error; wrong arguments name
    /// the command whose help teaches the right ones.
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new LatticeCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((wrong, _) -> {
            CommandLine at = wrong.getCommandLine();
            at.getErr().println(wrong.getMessage());
            at.getErr().println("Try: " + at.getCommandSpec().qualifiedName() + " --help");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, at, _) -> {
            System.getLogger(LatticeCommand.class.getName()).log(System.Logger.Level.DEBUG, "command failed", failure);
            String said = failure.getMessage();
            at.getErr().println(said == null ? failure.toString() : said);
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }

    @Override
    public Integer call() throws Exception {
        Display.require();
        return ConsoleApplication.run(window.options());
    }
}
