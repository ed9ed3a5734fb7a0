package io.latticeconsole.agent.discovery;

import io.latticeconsole.lattice.NodeId;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The word that a node which died comes back no more, in etcd beside the node's registrations. Its gateway decides,
/// and
/// says in its events what became of it.
public final class Forgetting {
    private static final String LAST = "/forget";

    /// For as long as a gateway that is away may hear it.
    private static final Duration KEPT = Duration.ofMinutes(1);

    private Forgetting() {}

    /// Leaves the word.
    ///
    /// @throws IOException naming what is wrong in a TLS file
    /// @throws EtcdAway if etcd does not take it
    public static void ask(DiscoverySettings settings, NodeId node) throws IOException, EtcdAway, InterruptedException {
        try (Etcd etcd = Etcd.open(settings)) {
            etcd.put(settings.prefix() + node + LAST, "", etcd.grant(KEPT));
        }
    }

    /// The name of the node that a key says this of; null where it says something else.
    static @Nullable String nodeOf(String prefix, String key) {
        return key.startsWith(prefix) && key.endsWith(LAST) && key.length() > prefix.length() + LAST.length()
                ? key.substring(prefix.length(), key.length() - LAST.length())
                : null;
    }
}
