package io.latticeconsole.app.view.topbar;

import java.util.List;

/// What the top bar shows. `troubles` counts by priority, index 0 being priority 1; `gatewaysKnown` 0 before the first
/// answer; `plaintext` when a gateway is reached from other machines without TLS.
public record TopBarState(
        String lattice,
        boolean exercise,
        boolean plaintext,
        LatticeFigures figures,
        List<Integer> troubles,
        int gatewaysHeard,
        int gatewaysKnown,
        String utc,
        String local) {
    static final TopBarState EMPTY =
            new TopBarState("", false, false, LatticeFigures.NONE, List.of(0, 0, 0, 0), 0, 0, "", "");
}
