package io.latticeconsole.app.view.topbar;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.format.Times;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LinkState;
import io.latticeconsole.store.LiveTraffic;
import io.latticeconsole.telemetry.SampleStore;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The figures and counts of the top bar. FX thread.
public final class TopBarViewModel {
    private final ReadOnlyObjectWrapper<TopBarState> state = new ReadOnlyObjectWrapper<>(TopBarState.EMPTY);

    private final SteadyFigures figures = new SteadyFigures();
    private final ZoneId zone;

    /// @param zone of the operator's own clock
    public TopBarViewModel(ZoneId zone) {
        this.zone = zone;
    }

    public ReadOnlyObjectProperty<TopBarState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public void update(ConsoleState console, LiveTraffic traffic, SampleStore samples, Troubles troubles, Instant now) {
        String name = "";
        boolean exercise = false;
        boolean plaintext = false;
        Set<GatewayId> known = new HashSet<>(console.gatewayAddresses().keySet());
        int heard = 0;
        for (EndpointState endpoint : console.endpoints().values()) {
            EndpointInfo info = endpoint.info();
            if (info != null) {
                name = info.displayName();
                exercise |= info.mode() == Mode.EXERCISE;
                plaintext |= info.capabilities().contains(EndpointInfo.PLAINTEXT);
                known.add(info.gateway());
                info.peers().forEach(p -> known.add(p.gateway()));
                heard += endpoint.link() == LinkState.LIVE ? 1 : 0;
            }
        }
        state.set(new TopBarState(
                name,
                exercise,
                plaintext,
                figures.follow(LatticeFigures.of(console, traffic, samples), now.toEpochMilli()),
                List.of(troubles.count(1), troubles.count(2), troubles.count(3), troubles.count(4)),
                heard,
                known.size(),
                Times.utc(now),
                Times.local(now, zone)));
    }
}
