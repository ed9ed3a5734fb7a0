package io.latticeconsole.operation;

import io.latticeconsole.lattice.AdminState;

/// How a node stood before an operation touched it: its admin state and its admission weight at the routers.
public record Prior(AdminState admin, double weight) {
    static final Prior SERVING = new Prior(AdminState.SERVING, 1);
}
