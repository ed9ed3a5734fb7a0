package io.latticeconsole.gateway;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.WorldSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Takes over what a node runs already when its gateway first hears of it, as after a restart of the gateway: that is
/// what should be there, not what an empty node starts with.
final class Takeover {
    private static final Set<ReplicaState> ALIVE =
            EnumSet.of(ReplicaState.LOADING, ReplicaState.WARMING, ReplicaState.READY);

    private final Surroundings surroundings;
    private final WorldSpec world;
    private final Book book;
    private final OwnNodes nodes;
    private final ReplicaDesk desk;

    Takeover(Surroundings surroundings, Book book, OwnNodes nodes, ReplicaDesk desk) {
        this.surroundings = surroundings;
        this.world = surroundings.world();
        this.book = book;
        this.nodes = nodes;
        this.desk = desk;
    }

    /// Takes over what a node's first report tells; whether there was anything.
    boolean of(OwnNode node, NodeReport report) {
        List<NodeReport.Replica> alive = Arrays.stream(report.replicas())
                .filter(r -> ALIVE.contains(r.state()))
                .toList();
        List<NodeReport.Replica> known =
                alive.stream().filter(r -> model(r) >= 0).toList();
        alive.stream().filter(r -> model(r) < 0).forEach(r -> leaveAlone(node, r));
        if (known.isEmpty()) {
            return false;
        }
        for (NodeReport.Replica r : report.replicas()) {
            if (r.state() == ReplicaState.FAILED) {
                surroundings.command(node.handle, new NodeCommand.Retire(r.code()));
            }
        }
        List<OwnNode.Wanted> missing = missing(node, known);
        for (String code : List.copyOf(node.wanted.keySet())) {
            node.letGo(code);
            book.remove(node.replicaId(code));
        }
        known.forEach(r -> takeOver(node, r));
        node.mainModel = MainModel.of(world, node.wanted.values());
        missing.forEach(w -> desk.place(node, w.model(), w.version(), null));
        return true;
    }

    /// What an empty node would start with and this one has fewer of.
    private List<OwnNode.Wanted> missing(OwnNode node, List<NodeReport.Replica> running) {
        List<Integer> there = new ArrayList<>(running.stream().map(this::model).toList());
        List<OwnNode.Wanted> missing = new ArrayList<>();
        for (OwnNode.Wanted wanted : node.wanted.values()) {
            if (!there.remove(Integer.valueOf(wanted.model()))) {
                missing.add(wanted);
            }
        }
        return missing;
    }

    private void takeOver(OwnNode node, NodeReport.Replica r) {
        if (!node.takeIn(r.code(), model(r), r.version(), null)) {
            // It runs, so it has its memory, whatever was reckoned.
            node.wanted.put(r.code(), new OwnNode.Wanted(model(r), r.version(), 0, 0, null));
        }
        nodes.putReplica(node, r.code(), r.state(), r.message());
        book.log(
                "REPLICA_TAKEN_OVER",
                Severity.INFO,
                node.replicaId(r.code()).name(),
                world.models().get(model(r)).id().code() + " " + r.version() + " runs on " + nodes.where(node)
                        + " already: taken over",
                "",
                "");
    }

    private void leaveAlone(OwnNode node, NodeReport.Replica r) {
        ModelId model = r.model();
        String what = model == null ? "something that it does not name" : model.code() + " " + r.version();
        book.log(
                "REPLICA_UNKNOWN",
                Severity.MEDIUM,
                node.id().name(),
                nodes.where(node) + " runs " + what + " as " + r.code() + "; this gateway knows "
                        + world.models().stream().map(m -> m.id().code()).collect(Collectors.joining(", "))
                        + " and leaves it alone",
                "",
                "");
    }

    private int model(NodeReport.Replica r) {
        List<ModelSpec> models = world.models();
        for (int m = 0; m < models.size(); m++) {
            if (models.get(m).id().equals(r.model())) {
                return m;
            }
        }
        return -1;
    }
}
