package io.latticeconsole.store;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.LatticeReducer;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.FailoverId;
import io.latticeconsole.operation.OperationId;
import org.pcollections.PVector;

/// Applies one endpoint's facts to a [ConsoleState].
///
/// What an endpoint publishes is known by a key (a resource name, `arms/<plan hash>`), so that a snapshot can take away
/// what is gone ([#key], [#removed]).
final class FactReducer {
    /// How many events are kept; the oldest go first.
    static final int MAX_EVENTS = 20_000;

    private static final String ARMS = "arms/";
    private static final String OPERATIONS = "operations/";
    private static final String FAULTS = "faults/";
    private static final String FAILOVERS = "/failovers/";

    private FactReducer() {}

    /// The key of what a fact brings, empty if it brings nothing that could go.
    static String key(Fact fact) {
        return switch (fact) {
            case Fact.LatticeChanged(LatticeEvent.ObjectChanged(LatticeObject object)) ->
                object.id().name();
            case Fact.OperationChanged(var operation) -> operation.id().name();
            case Fact.FailoverChanged(var failover) -> failover.id().name();
            case Fact.ArmTaken(var arm) -> ARMS + arm.planHash();
            case Fact.FaultChanged(var fault) -> fault.name();
            case Fact.LatticeChanged(LatticeEvent.ObjectRemoved _) -> "";
            case Fact.EndpointChanged _, Fact.ArmReleased _, Fact.FaultRemoved _, Fact.EventLogged _ -> "";
        };
    }

    /// The key of what a fact takes away, empty if it takes nothing away.
    static String removedKey(Fact fact) {
        return switch (fact) {
            case Fact.LatticeChanged(LatticeEvent.ObjectRemoved(ResourceName id)) -> id.name();
            case Fact.ArmReleased(var planHash) -> ARMS + planHash;
            case Fact.FaultRemoved(var name) -> name;
            case Fact.LatticeChanged(LatticeEvent.ObjectChanged _) -> "";
            case Fact.EndpointChanged _,
                    Fact.OperationChanged _,
                    Fact.FailoverChanged _,
                    Fact.ArmTaken _,
                    Fact.FaultChanged _,
                    Fact.EventLogged _ -> "";
        };
    }

    /// Takes an endpoint's fact: what it brings or takes away counts as [OwnershipReducer] decides.
    static ConsoleState apply(ConsoleState s, String address, Fact fact) {
        String key = key(fact);
        if (!key.isEmpty()) {
            return OwnershipReducer.published(s, address, key, fact);
        }
        String gone = removedKey(fact);
        if (!gone.isEmpty()) {
            return OwnershipReducer.withdrawn(s, address, gone);
        }
        return switch (fact) {
            case Fact.EndpointChanged(var info) -> EndpointReducer.described(s, address, info);
            case Fact.EventLogged(var event) -> logged(s, address, event);
            case Fact.LatticeChanged _,
                    Fact.OperationChanged _,
                    Fact.FailoverChanged _,
                    Fact.ArmTaken _,
                    Fact.ArmReleased _,
                    Fact.FaultChanged _,
                    Fact.FaultRemoved _ -> s;
        };
    }

    /// The state that shows what a fact brings.
    static ConsoleState shown(ConsoleState s, Fact fact) {
        return switch (fact) {
            case Fact.LatticeChanged(LatticeEvent event) -> lattice(s, event);
            case Fact.OperationChanged(var o) ->
                StateWith.operations(s, s.operations().plus(o.id(), o));
            case Fact.FailoverChanged(var o) ->
                StateWith.failovers(s, s.failovers().plus(o.id(), o));
            case Fact.ArmTaken(var o) -> StateWith.arms(s, s.arms().plus(o.planHash(), o));
            case Fact.FaultChanged(var o) -> StateWith.faults(s, s.faults().plus(o.name(), o));
            case Fact.EndpointChanged _, Fact.ArmReleased _, Fact.FaultRemoved _, Fact.EventLogged _ -> s;
        };
    }

    /// The state without what has that key.
    static ConsoleState removed(ConsoleState s, String key) {
        if (key.startsWith(ARMS)) {
            return StateWith.arms(s, s.arms().minus(key.substring(ARMS.length())));
        }
        if (key.startsWith(OPERATIONS)) {
            return StateWith.operations(s, s.operations().minus(new OperationId(key)));
        }
        if (key.startsWith(FAULTS)) {
            return StateWith.faults(s, s.faults().minus(key));
        }
        if (key.contains(FAILOVERS)) {
            return StateWith.failovers(s, s.failovers().minus(new FailoverId(key)));
        }
        return lattice(s, new LatticeEvent.ObjectRemoved(ResourceName.parse(key)));
    }

    private static ConsoleState lattice(ConsoleState s, LatticeEvent event) {
        LatticeState next = LatticeReducer.apply(s.lattice(), event);
        NodeTable nodes = event instanceof LatticeEvent.ObjectChanged(Node node)
                ? s.nodes().plus(node.id())
                : s.nodes();
        return StateWith.lattice(s, next, nodes, changesTopology(s.lattice(), event) ? 1 : 0);
    }

    private static boolean changesTopology(LatticeState before, LatticeEvent event) {
        return switch (event) {
            case LatticeEvent.ObjectChanged(LatticeObject object) ->
                switch (object) {
                    case Region o -> !o.equals(before.regions().get(o.id()));
                    case Site o -> !o.equals(before.sites().get(o.id()));
                    case Node o -> !before.nodes().containsKey(o.id());
                    default -> false;
                };
            case LatticeEvent.ObjectRemoved(ResourceName id) ->
                switch (id) {
                    case RegionId o -> before.regions().containsKey(o);
                    case SiteId o -> before.sites().containsKey(o);
                    case NodeId o -> before.nodes().containsKey(o);
                    default -> false;
                };
        };
    }

    // Gateways' events mix by time; one that was fetched late goes where it belongs.
    static ConsoleState logged(ConsoleState s, String address, EventRecord event) {
        EndpointState endpoint = s.endpoints().get(address);
        if (endpoint == null || endpoint.info() == null) {
            return s;
        }
        PVector<SeenEvent> events = s.events();
        int at = events.size();
        SeenEvent seen = new SeenEvent(endpoint.info().gateway(), event);
        while (at > 0 && SeenEvent.ORDER.compare(events.get(at - 1), seen) > 0) {
            at--;
        }
        events = events.plus(at, seen);
        return StateWith.events(s, events.size() > MAX_EVENTS ? events.minus(0) : events);
    }
}
