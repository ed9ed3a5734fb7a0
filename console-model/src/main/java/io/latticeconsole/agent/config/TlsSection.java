package io.latticeconsole.agent.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.latticeconsole.security.TlsFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The files by which a process shows who it is and knows whom to believe, PEM each; names are relative to the
/// configuration's folder. `revoked` is what the authorities have removed again.
public record TlsSection(
        @JsonProperty(required = true) String certificate,
        @JsonProperty(required = true) String key,
        @JsonProperty(required = true) String authorities,
        @Nullable String revoked) {
    /// The files as they lie beside a configuration.
    public TlsFiles files(Path folder) {
        String lists = revoked;
        return new TlsFiles(
                folder.resolve(certificate),
                folder.resolve(key),
                folder.resolve(authorities),
                lists == null ? null : folder.resolve(lists));
    }
}
