package io.latticeconsole.store;

import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.GatewayId;

/// An event with the gateway that logged it.
public record SeenEvent(GatewayId gateway, EventRecord event) {}
