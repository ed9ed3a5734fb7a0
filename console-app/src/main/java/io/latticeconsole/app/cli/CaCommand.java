package io.latticeconsole.app.cli;

import io.latticeconsole.security.DevelopmentAuthority;
import io.latticeconsole.security.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A small certificate authority for development.
@Command(
        name = "ca",
        mixinStandardHelpOptions = true,
        description = {
            "A small certificate authority for trying a lattice out, in a folder.",
            "A lattice that matters takes its certificates from an authority that somebody guards; what counts in them is "
                    + "the same: the common name (CN) is the caller's name, each organizational unit (OU) a role."
        },
        footer = {
            "",
            "Roles:",
            "  viewer      watches",
            "  operator    watches, plans and orders operations",
            "  exercise    watches, injects faults and sets the clock of an exercise",
            "  supervisor  all of these",
            "  client      sends inference requests, nothing else",
            "  node        a machine of the lattice (--server gives it)",
            "",
            "Example:",
            "  lattice-console ca init pki",
            "  lattice-console ca issue pki --name par-1 --server --host par-1.lan --host 127.0.0.1",
            "  lattice-console ca issue pki --name ana --role operator",
            "  lattice-console ca revoke pki --name ana"
        })
final class CaCommand implements Callable<Integer> {
    private static final int LONGEST_DAYS = 3650;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = line();
        line.usage(line.getOut());
        return 0;
    }

    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            description =
                    "Makes an authority: DIR/ca.pem, which everybody believes, DIR/ca.key, which nobody else may have, "
                            + "and DIR/crl.pem, the list of what it removes again. Valid for ten years.")
    int init(@Parameters(paramLabel = "DIR", description = "Made if it is not there.") Path folder) throws IOException {
        DevelopmentAuthority.create(folder, Instant.now());
        PrintWriter out = line().getOut();
        out.println(folder.resolve("ca.pem"));
        out.println(folder.resolve("ca.key"));
        out.println("Next: ca issue " + folder + " --name NAME --server --host HOST, or --role ROLE");
        out.flush();
        return 0;
    }

    @Command(
            name = "issue",
            mixinStandardHelpOptions = true,
            description = "Issues a certificate: DIR/NAME.pem and DIR/NAME.key.")
    int issue(
            @Parameters(paramLabel = "DIR", description = "The folder of the authority.") Path folder,
            @Option(names = "--name", required = true, description = "Whom it names.") String name,
            @Option(
                            names = "--role",
                            split = ",",
                            description = "What the holder may do, one or several: viewer, operator, exercise, "
                                    + "supervisor, client.")
                    @Nullable
                    List<Role> roles,
            @Option(names = "--server", description = "For a machine of the lattice: role node.") boolean server,
            @Option(
                            names = "--host",
                            split = ",",
                            description = "With --server: names and addresses under which it is reached.")
                    @Nullable
                    List<String> hosts,
            @Option(names = "--days", defaultValue = "90", description = "Valid so long. Default: ${DEFAULT-VALUE}.")
                    int days)
            throws IOException {
        List<Role> has = server ? List.of(Role.NODE) : roles == null ? List.of() : roles;
        List<String> reached = hosts == null ? List.of() : hosts;
        require(server ? roles == null && !reached.isEmpty() : !has.isEmpty() && reached.isEmpty());
        if (days < 1 || days > LONGEST_DAYS) {
            throw wrong("--days is " + days + "; expected 1 to " + LONGEST_DAYS);
        }
        var issued = DevelopmentAuthority.open(folder).issue(name, has, reached, Instant.now(), Duration.ofDays(days));
        PrintWriter out = line().getOut();
        out.println(issued.certificate());
        out.println(issued.key());
        out.println("Ends " + issued.content().getNotAfter().toInstant());
        out.println("Use: --tls-ca " + folder.resolve("ca.pem") + " --tls-cert " + issued.certificate() + " --tls-key "
                + issued.key());
        out.flush();
        return 0;
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Removes a certificate: from now on it does not count where DIR/crl.pem is given, by "
                    + "--tls-crl or by revoked in an agent's file, open connections included.")
    int revoke(
            @Parameters(paramLabel = "DIR", description = "The folder of the authority.") Path folder,
            @Option(names = "--name", required = true, description = "Whom it names.") String name)
            throws IOException {
        PrintWriter out = line().getOut();
        out.println(DevelopmentAuthority.open(folder).revoke(name, Instant.now()));
        out.flush();
        return 0;
    }

    private void require(boolean fits) {
        if (!fits) {
            throw wrong("a certificate is either for a person or an application, --role ROLE, or for a machine, "
                    + "--server --host HOST");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(line().getSubcommands().get("issue"), message);
    }

    private CommandLine line() {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return command.commandLine();
    }
}
