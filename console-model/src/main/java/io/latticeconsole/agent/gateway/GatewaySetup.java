package io.latticeconsole.agent.gateway;

import io.latticeconsole.world.WorldSpec;
import java.net.InetSocketAddress;

/// What a gateway of real machines needs to know: the lattice by configuration, where its nodes' addresses are those of
/// their agents, and where it serves `lattice.v1` and inference.
public record GatewaySetup(WorldSpec world, InetSocketAddress listen, InetSocketAddress inference) {}
