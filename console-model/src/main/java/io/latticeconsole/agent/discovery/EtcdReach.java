package io.latticeconsole.agent.discovery;

import java.io.IOException;

/// Whether an etcd can be reached from here.
public final class EtcdReach {
    private EtcdReach() {}

    /// How many registrations there are of a lattice; blocks for a few seconds at most.
    ///
    /// @throws IOException naming what is wrong in a TLS file
    public static long registrations(DiscoverySettings settings) throws IOException, EtcdAway {
        try (Etcd etcd = Etcd.open(settings)) {
            return etcd.count(settings.prefix());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EtcdAway("interrupted while etcd was asked", e);
        }
    }
}
