package io.latticeconsole.agent.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.latticeconsole.security.TlsFiles;
import java.nio.file.Path;

/// The files by which a process shows who it is and knows whom to believe, PEM each; names are relative to the
/// configuration's folder.
public record TlsSection(
        @JsonProperty(required = true) String certificate,
        @JsonProperty(required = true) String key,
        @JsonProperty(required = true) String authorities) {
    /// The files as they lie beside a configuration.
    public TlsFiles files(Path folder) {
        return new TlsFiles(folder.resolve(certificate), folder.resolve(key), folder.resolve(authorities));
    }
}
