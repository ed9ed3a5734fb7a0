package io.latticeconsole.app.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.agent.config.AgentFile;
import io.latticeconsole.agent.config.ConfigReader;
import io.latticeconsole.agent.config.GatewayFile;
import io.latticeconsole.agent.config.NodeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// What a person gets back for what a person types.
class CommandLineTest {
    private record Answer(int exitCode, String out, String err) {}

    private static Answer type(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                LatticeCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exitCode = line.execute(arguments);
        return new Answer(exitCode, out.toString(), err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nodes 5                                  | 12 to 10000 nodes, not 5",
                "--nodes 10001                              | 12 to 10000 nodes, not 10001",
                "--nodes many                               | 'many' is not an int",
                "--rate 0                                   | above 0",
                "--rate NaN                                 | above 0, found NaN",
                "--theme pink                               | expected night, day or contrast",
                "--size 100x100                             | expected WIDTHxHEIGHT",
                "--connect nowhere                          | expected host:port",
                "--connect a:99999                          | no port from 0 to 65535",
                "--connect a:1 --nodes 96                   | give one or the other",
                "--trace /nowhere/at/all.csv                | cannot be read",
                "drill --listen 10.0.0.1:7443               | not a loopback address",
                "drill --listen 127.0.0.1:70000             | no port from 0 to 65535",
                "drill --state /proc/version                | is not a folder",
                "drill --start tomorrow                     | 'tomorrow' is not a time; expected one such as 2026-",
                "drill --start 2026-03-01                   | '2026-03-01' is not a time",
                "drill --start 1906-03-01T06:30:00Z         | a lattice starts from 1970-01-01T00:00:00Z",
                "--connect a:1 --start 2026-03-01T06:30:00Z | give one or the other",
                "drill --nodes 3                            | 12 to 10000 nodes, not 3",
                "shot --fault meteor a.png                  | expected one of node-crash",
                "shot --fault node-crash a.png              | needs a --target",
                "drill --listen 0.0.0.0:7443 --plaintext    | name the address under which others reach",
                "drill --tls-ca a.pem --tls-key a.key       | missing: --tls-cert",
                "drill --tls-ca a --tls-cert b --tls-key c  | b does not exist; expected a PEM file",
                "--tls-ca a.pem                             | missing: --tls-cert --tls-key",
                "--connect a:1 --tls-ca a --tls-cert b --tls-key c | b does not exist",
                "ca issue pki                               | Missing required option: '--name=<name>'",
                "ca issue pki --name ana                    | --role ROLE, or for a machine, --server --host",
                "ca issue pki --name ana --role king        | expected one of",
                "ca issue pki --name n1 --server            | --role ROLE, or for a machine, --server --host",
                "ca issue pki --name ana --role viewer --days 0 | expected 1 to 3650",
                "frobnicate                                 | frobnicate",
            })
    void wrongArgumentsAreNamedWithWhatWasExpected(String typed, String expected) {
        Answer answer = type(typed.strip().split(" +"));
        assertEquals(2, answer.exitCode(), answer::err);
        assertTrue(answer.err().contains(expected), answer::err);
        assertTrue(answer.err().contains("--help"), answer::err);
    }

    @Test
    void anOperatorNameThatCannotTravelIsRefused() {
        Answer answer = type("--operator", "näme with blanks");
        assertEquals(2, answer.exitCode());
        assertTrue(answer.err().contains("printable ASCII"), answer::err);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "console --help",
                "drill --help",
                "shot --help",
                "bench --help",
                "ca --help",
                "ca issue --help"
            })
    void helpTeaches(String typed) {
        Answer answer = type(typed.split(" "));
        assertEquals(0, answer.exitCode());
        assertTrue(answer.out().contains("Usage:"), answer::out);
    }

    private static Stream<CommandLine> withAllUnder(CommandLine command) {
        Stream<CommandLine> under = command.getSubcommands().values().stream();
        return Stream.concat(Stream.of(command), under.flatMap(CommandLineTest::withAllUnder));
    }

    /// What cannot be formatted is printed all the same, under a warning.
    @Test
    void everyDescriptionIsAFormatThatTakesNoArguments() {
        List<CommandLine> all = withAllUnder(LatticeCommand.commandLine()).toList();
        assertTrue(all.size() > 10);
        for (CommandLine command : all) {
            CommandLine.Model.CommandSpec spec = command.getCommandSpec();
            List<String> texts = new ArrayList<>(List.of(spec.usageMessage().description()));
            spec.args().forEach(a -> texts.addAll(List.of(a.description())));
            for (String text : texts) {
                assertDoesNotThrow(() -> String.format(text), () -> command.getCommandName() + ": " + text);
            }
        }
    }

    /// A file as the help of `agent` shows it, optional lines and all.
    private static String shown(String help, String heading) {
        List<String> lines = help.lines()
                .dropWhile(l -> !l.startsWith(heading))
                .skip(1)
                .takeWhile(l -> !l.isBlank())
                .map(l -> l.replaceFirst("^ {2}( *)(#:)?", "$1"))
                .toList();
        return String.join("\n", lines) + "\n";
    }

    @Test
    void theFilesOfAgentHelpCanBePasted(@TempDir Path folder) throws Exception {
        String help = type("agent", "--help").out();
        AgentFile node = ConfigReader.read(Files.writeString(folder.resolve("n.yaml"), shown(help, "A node's file")));
        assertEquals("regions/eu/sites/par-1/nodes/n1", ((NodeFile) node).node());
        AgentFile gateway =
                ConfigReader.read(Files.writeString(folder.resolve("g.yaml"), shown(help, "A gateway's file")));
        assertEquals("eu", ((GatewayFile) gateway).coordinator());
    }

    @Test
    void whatCannotBeForgottenIsSaid(@TempDir Path folder) throws Exception {
        String shown = shown(type("agent", "--help").out(), "A gateway's file");
        Path with = Files.writeString(folder.resolve("with.yaml"), shown);
        Path without = Files.writeString(folder.resolve("without.yaml"), shown.replaceAll("(?m)^ *discovery:.*$", ""));
        Answer badName = type("agent", "forget", with.toString(), "par-1/n2");
        assertEquals(2, badName.exitCode());
        assertTrue(badName.err().contains("NODE: found 'par-1/n2', expected a name such as"), badName.err());
        Answer noSection = type("agent", "forget", without.toString(), "regions/eu/sites/par-1/nodes/n2");
        assertEquals(1, noSection.exitCode());
        assertTrue(noSection.err().contains("the file has no section 'discovery'"), noSection.err());
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Answer answer = type("drill", "--listen", "127.0.0.1:" + taken.getLocalPort());
            assertEquals(1, answer.exitCode());
            assertTrue(answer.err().contains(Integer.toString(taken.getLocalPort())), answer::err);
        }
    }

    @Test
    void aStateFolderThatCannotBeMadeIsNamed() {
        Answer answer = type("drill", "--listen", "127.0.0.1:0", "--state", "/proc/no-such-folder");
        assertEquals(1, answer.exitCode());
        assertTrue(answer.err().contains("cannot keep events in /proc/no-such-folder"), answer::err);
    }

    @Test
    void aTruncatedTraceIsRefusedWithItsLine(@TempDir Path folder) throws IOException {
        Path trace = folder.resolve("trace.csv");
        Files.writeString(trace, """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:15:46.6805900,374,44
            2023-11-16 18:15:50.99\
            """);
        Answer answer = type("drill", "--listen", "127.0.0.1:0", "--trace", trace.toString());
        assertEquals(1, answer.exitCode());
        assertTrue(answer.err().contains("trace.csv"), answer::err);
        assertTrue(answer.err().contains("3"), answer::err);
    }

    @Test
    void anAuthorityMakesWhatADrillAndAConsoleTakeAndOverwritesNothing(@TempDir Path folder) {
        String pki = folder.resolve("pki").toString();
        assertEquals(0, type("ca", "init", pki).exitCode());
        assertEquals(1, type("ca", "init", pki).exitCode());
        Answer issued = type("ca", "issue", pki, "--name", "ana", "--role", "operator,exercise");
        assertEquals(0, issued.exitCode(), issued::err);
        String use = issued.out()
                .lines()
                .filter(l -> l.startsWith("Use: "))
                .findFirst()
                .orElseThrow();
        assertTrue(use.contains("--tls-cert " + pki + "/ana.pem --tls-key " + pki + "/ana.key"), use);
        Answer again = type("ca", "issue", pki, "--name", "ana", "--role", "viewer");
        assertEquals(1, again.exitCode());
        assertTrue(again.err().contains("ana.pem is there already"), again::err);
        assertEquals(
                pki + "/crl.pem",
                type("ca", "revoke", pki, "--name", "ana").out().strip());
        assertEquals(1, type("ca", "revoke", pki, "--name", "bob").exitCode());
        List<String> console = new ArrayList<>(List.of("--connect", "a:1", "--operator", "eve"));
        console.addAll(List.of(use.substring(5).split(" ")));
        Answer named = type(console.toArray(String[]::new));
        assertEquals(2, named.exitCode());
        assertTrue(named.err().contains("the certificate names you ana"), named::err);
    }
}
