package io.latticeconsole.security;

import java.io.IOException;
import java.nio.file.Path;

/// Where the PEM files of one party are: its certificate, followed by those that lead to an authority if
/// there are any; its private key, PKCS#8; and the authorities that it believes.
public record TlsFiles(Path certificate, Path key, Path authorities) {
    /// Reads the files; what comes of it follows them when they change.
    ///
    /// @throws IOException naming the file and what is wrong with it
    public KeyMaterial read() throws IOException {
        return new KeyMaterial(this);
    }
}
