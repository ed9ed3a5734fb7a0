package io.latticeconsole.app.cli;

import io.latticeconsole.drill.DrillLattice;
import io.latticeconsole.drill.DrillOptions;
import io.latticeconsole.security.KeyMaterial;
import io.latticeconsole.security.Protection;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
            "  lattice-console drill --listen par-1.lan:7443 --tls-ca ca.pem --tls-cert par-1.pem --tls-key par-1.key",
            "  grpcurl -plaintext 127.0.0.1:7443 lattice.v1.LatticeService/GetLattice"
        })
final class DrillCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description = "The first of consecutive ports, one per gateway; port 0 takes free ones. Beyond "
                    + "loopback it needs TLS, or --plaintext. Default: 127.0.0.1:7443.")
    private HostPort listen = new HostPort("127.0.0.1", 7443);

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Folder where events outlast a restart, made if it is not there; one lattice at a time. "
                    + "Default: events are in memory only.")
    private @Nullable Path state;

    @Option(
            names = "--plaintext",
            description = "Allows plaintext beyond loopback: everyone who reaches the lattice can order everything, "
                    + "under any name. Consoles show it.")
    private boolean plaintext;

    @Mixin
    private TlsFlags tls = new TlsFlags();

    @Mixin
    private DrillFlags drill = new DrillFlags();

    @Override
    public Integer call() throws Exception {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("not run by picocli");
        }
        Protection protection = protection();
        Path folder = state;
        if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new ParameterException(
                    command.commandLine(), "--state: '" + folder + "' is not a folder; expected one, or a new name");
        }
        DrillOptions options =
                drill.options(listen.host(), listen.port()).withState(folder).withProtection(protection);
        PrintWriter out = command.commandLine().getOut();
        try (Interruption interruption = new Interruption(Duration.ofSeconds(10));
                DrillLattice lattice = DrillLattice.start(options)) {
            lattice.addresses().forEach(out::println);
            out.flush();
            interruption.await();
        }
        return 0;
    }

    private Protection protection() {
        KeyMaterial key = tls.read();
        boolean loopback = listen.host().matches("localhost|127(\\.\\d+){3}|\\[::1]");
        if (listen.host().matches("0(\\.0){3}|\\[::]|\\*")) {
            throw tls.wrong("--listen: name the address under which others reach the lattice, not '" + listen.host()
                    + "': each gateway tells it to consoles");
        }
        if (key != null) {
            return new Protection.MutualTls(key);
        }
        if (!loopback && !plaintext) {
            throw tls.wrong(
                    "--listen: '" + listen.host() + "' is not a loopback address; beyond this machine a lattice "
                            + "needs --tls-ca, --tls-cert and --tls-key, or --plaintext for one that everybody may order");
        }
        return new Protection.Plaintext(plaintext);
    }
}
