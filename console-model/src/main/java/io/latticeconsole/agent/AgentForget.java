package io.latticeconsole.agent;

import io.latticeconsole.agent.config.AgentFile;
import io.latticeconsole.agent.discovery.DiscoverySettings;
import io.latticeconsole.agent.discovery.EtcdAway;
import io.latticeconsole.agent.discovery.Forgetting;
import io.latticeconsole.lattice.NodeId;
import java.io.IOException;
import java.nio.file.Path;

/// Takes a node off the map that came by etcd, died, and comes back no more.
public final class AgentForget {
    private AgentForget() {}

    /// Asks the node's gateway; a sentence of what comes next. @param file any of the lattice with a section discovery
    ///
    /// @throws IOException a sentence: the file has no such section, or etcd does not take it
    public static String run(AgentFile file, Path folder, NodeId node) throws IOException, InterruptedException {
        DiscoverySettings settings = AgentProcess.discovery(file, folder);
        if (settings == null) {
            throw new IOException("the file has no section 'discovery': its nodes stand in the gateway's file, "
                    + "and go when they are taken out of it");
        }
        try {
            Forgetting.ask(settings, node);
        } catch (EtcdAway away) {
            throw new IOException(away.sentence(), away);
        }
        return "asked the gateway of " + node.site().region() + " to forget " + node
                + "; its events say NODE_LEFT, or FORGET_REFUSED and why";
    }
}
