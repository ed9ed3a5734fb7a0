package io.latticeconsole.security;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the PEM files of one party are: its certificate, followed by those that lead to an authority if
/// there are any; its private key, PKCS#8; the authorities that it believes; and what these have removed again,
/// certificate revocation lists, null where nobody keeps any.
public record TlsFiles(
        Path certificate,
        Path key,
        Path authorities,
        @Nullable Path revoked) {
    /// Without revocation lists.
    public TlsFiles(Path certificate, Path key, Path authorities) {
        this(certificate, key, authorities, null);
    }

    /// Reads the files; what comes of it follows them when they change.
    ///
    /// @throws IOException naming the file and what is wrong with it
    public KeyMaterial read() throws IOException {
        return new KeyMaterial(this);
    }
}
