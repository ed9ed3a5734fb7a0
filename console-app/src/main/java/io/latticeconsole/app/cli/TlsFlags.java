package io.latticeconsole.app.cli;

import io.latticeconsole.security.KeyMaterial;
import io.latticeconsole.security.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The TLS files of a command, all three or none.
final class TlsFlags {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "Authorities to believe, PEM. With --tls-cert and --tls-key the connection is mutual TLS; "
                    + "without all three it is plaintext. Files that are renewed are read again.")
    private @Nullable Path authorities;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Own certificate, PEM.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key, PEM (PKCS#8).")
    private @Nullable Path key;

    @Option(
            names = "--tls-crl",
            paramLabel = "FILE",
            description = "What the authorities have removed again, PEM: certificates on it do not count.")
    private @Nullable Path revoked;

    /// What the files hold, null if none was given.
    ///
    /// @throws ParameterException if some were given, or naming the file that cannot be used and why
    @Nullable
    KeyMaterial read() {
        Path ca = authorities;
        Path cert = certificate;
        Path secret = key;
        if (ca == null && cert == null && secret == null && revoked == null) {
            return null;
        }
        if (ca == null || cert == null || secret == null) {
            throw wrong("TLS needs all of --tls-ca, --tls-cert and --tls-key; missing: "
                    + (ca == null ? "--tls-ca " : "") + (cert == null ? "--tls-cert " : "")
                    + (secret == null ? "--tls-key" : ""));
        }
        try {
            return new TlsFiles(cert, secret, ca, revoked).read();
        } catch (IOException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    ParameterException wrong(String message) {
        CommandSpec spec = command;
        if (spec == null) {
            throw new IllegalStateException("flags used outside a command: " + message);
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
