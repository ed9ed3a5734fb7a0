package io.latticeconsole.server;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.LatticeReducer;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverId;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything an endpoint owns now, as its facts left it. One thread.
final class Catalogue {
    private EndpointInfo info;
    private LatticeState lattice = LatticeState.EMPTY;
    private final Map<OperationId, Operation> operations = new LinkedHashMap<>();
    private final Map<FailoverId, Failover> failovers = new LinkedHashMap<>();
    private final Map<String, Arm> arms = new LinkedHashMap<>();
    private final Map<String, Fault> faults = new LinkedHashMap<>();

    Catalogue(EndpointInfo info) {
        this.info = info;
    }

    EndpointInfo info() {
        return info;
    }

    LatticeState lattice() {
        return lattice;
    }

    Map<OperationId, Operation> operations() {
        return operations;
    }

    Collection<Fault> faults() {
        return faults.values();
    }

    /// Takes a fact over; true if it changed the set of nodes or a node's index.
    boolean apply(Fact fact) {
        boolean table = false;
        switch (fact) {
            case Fact.LatticeChanged(LatticeEvent event) -> {
                table = changesTable(event);
                lattice = LatticeReducer.apply(lattice, event);
            }
            case Fact.EndpointChanged(EndpointInfo changed) -> info = changed;
            case Fact.OperationChanged(Operation operation) -> operations.put(operation.id(), operation);
            case Fact.FailoverChanged(Failover failover) -> failovers.put(failover.id(), failover);
            case Fact.ArmTaken(Arm arm) -> arms.put(arm.planHash(), arm);
            case Fact.ArmReleased(String planHash) -> arms.remove(planHash);
            case Fact.FaultChanged(Fault fault) -> faults.put(fault.name(), fault);
            case Fact.FaultRemoved(String name) -> faults.remove(name);
            case Fact.EventLogged _ -> {
                // events are kept in the log, not among the objects
            }
        }
        return table;
    }

    private boolean changesTable(LatticeEvent event) {
        return switch (event) {
            case LatticeEvent.ObjectChanged(LatticeObject object) -> {
                Node before = object instanceof Node node ? lattice.nodes().get(node.id()) : null;
                yield object instanceof Node node && (before == null || before.index() != node.index());
            }
            case LatticeEvent.ObjectRemoved(var id) ->
                id instanceof NodeId node && lattice.nodes().containsKey(node);
        };
    }

    /// Facts that make up all of it, what others refer to first; `as` is what the endpoint says of itself.
    List<Fact> facts(EndpointInfo as) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact.EndpointChanged(as));
        add(facts, lattice.regions().values());
        add(facts, lattice.sites().values());
        add(facts, lattice.models().values());
        add(facts, lattice.nodes().values());
        lattice.replicas().values().forEach(here -> add(facts, here.values()));
        add(facts, lattice.routes().values());
        add(facts, lattice.paths().values());
        operations.values().forEach(o -> facts.add(new Fact.OperationChanged(o)));
        failovers.values().forEach(f -> facts.add(new Fact.FailoverChanged(f)));
        arms.values().forEach(a -> facts.add(new Fact.ArmTaken(a)));
        faults.values().forEach(f -> facts.add(new Fact.FaultChanged(f)));
        return facts;
    }

    private static void add(List<Fact> facts, Collection<? extends LatticeObject> objects) {
        objects.forEach(o -> facts.add(new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(o))));
    }
}
