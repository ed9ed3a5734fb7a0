package io.latticeconsole.app.cli;

import io.latticeconsole.drill.DrillLattice;
import io.latticeconsole.drill.DrillOptions;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs a headless drill lattice for others to connect to.
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a drill lattice without a window, for consoles and other clients to connect to.",
            "It prints the address of each gateway, one a line, then runs until it is interrupted."
        },
        footer = {
            "",
            "Examples:",
            "  lattice-console drill --listen 127.0.0.1:7443 --nodes 200 --seed 7",
            "  lattice-console drill --seed 7 --start 2026-03-01T06:30:00Z --state /var/lib/drill",
            "  grpcurl -plaintext 127.0.0.1:7443 lattice.v1.LatticeService/GetLattice"
        })
final class DrillCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description = "The first of consecutive ports, one per gateway; port 0 takes free ones. The host is a "
                    + "loopback address: the connection is plaintext. Default: 127.0.0.1:7443.")
    private HostPort listen = new HostPort("127.0.0.1", 7443);

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Folder where events outlast a restart, made if it is not there; one lattice at a time. "
                    + "Default: events are in memory only.")
    private @Nullable Path state;

    @Mixin
    private DrillFlags drill = new DrillFlags();

    @Override
    public Integer call() throws Exception {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("not run by picocli");
        }
        if (!listen.host().matches("localhost|127(\\.\\d+){3}|\\[::1]")) {
            throw new ParameterException(
                    command.commandLine(),
                    "--listen: '" + listen.host() + "' is not a loopback address; a drill lattice speaks plaintext "
                            + "and listens on this machine only");
        }
        Path folder = state;
        if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new ParameterException(
                    command.commandLine(), "--state: '" + folder + "' is not a folder; expected one, or a new name");
        }
        DrillOptions options = drill.options(listen.host(), listen.port()).withState(folder);
        PrintWriter out = command.commandLine().getOut();
        try (Interruption interruption = new Interruption();
                DrillLattice lattice = DrillLattice.start(options)) {
            lattice.addresses().forEach(out::println);
            out.flush();
            interruption.await();
        }
        return 0;
    }
}
