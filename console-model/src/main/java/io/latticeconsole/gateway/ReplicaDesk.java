package io.latticeconsole.gateway;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.WorldSpec;
import org.jspecify.annotations.Nullable;

/// Places replicas on a gateway's own nodes, loads them again after a restart, and lets them go.
final class ReplicaDesk {
    private final Surroundings surroundings;
    private final WorldSpec world;
    private final Book book;
    private final OwnNodes nodes;

    ReplicaDesk(Surroundings surroundings, Book book, OwnNodes nodes) {
        this.surroundings = surroundings;
        this.world = surroundings.world();
        this.book = book;
        this.nodes = nodes;
    }

    /// Another node of this gateway with room for a replica of the model, or null: healthy, serving, the right tier,
    /// the emptiest first, other sites than the lost one first.
    @Nullable
    OwnNode roomFor(int model, int avoidSite) {
        ModelSpec spec = world.models().get(model);
        OwnNode best = null;
        double least = Double.POSITIVE_INFINITY;
        for (OwnNode node : nodes.all()) {
            var type = node.nodeClass.type();
            if (node.health == Health.UP
                    && node.admin == AdminState.SERVING
                    && spec.tiers().contains(world.sites().get(node.site).tier())
                    && spec.runsOn(type)
                    && node.room.find(spec.billions(), spec.sizeBytes(), spec.acceleratorsOn(type)) >= 0) {
                double score = node.room.used() + (node.site == avoidSite ? 1 : 0);
                if (score < least) {
                    least = score;
                    best = node;
                }
            }
        }
        return best;
    }

    /// Starts a replica on a node; its id, or null where there is no room after all.
    @Nullable
    ReplicaId place(OwnNode node, int model, String version, @Nullable ReplicaId standsFor) {
        String base = world.models().get(model).id().code() + "-";
        int n = 1;
        while (node.wanted.containsKey(base + n) || book.state().replica(node.replicaId(base + n)) != null) {
            n++;
        }
        return placeAs(node, base + n, model, version, standsFor) ? node.replicaId(base + n) : null;
    }

    /// As [#place], under a given name; whether there was room.
    boolean placeAs(OwnNode node, String code, int model, String version, @Nullable ReplicaId standsFor) {
        if (!node.takeIn(code, model, version, standsFor)) {
            return false;
        }
        nodes.putReplica(node, code, ReplicaState.LOADING, "");
        surroundings.command(node.handle, new NodeCommand.Load(code, model, version));
        return true;
    }

    /// After a restart nothing is in memory: loads all that should be there.
    void loadWanted(OwnNode node) {
        node.reloading = true;
        node.wanted.forEach((code, wanted) -> {
            nodes.putReplica(node, code, ReplicaState.LOADING, "");
            surroundings.command(node.handle, new NodeCommand.Load(code, wanted.model(), wanted.version()));
        });
    }

    /// Lets a replica finish and go; false if there is none of that name.
    boolean retire(ReplicaId id) {
        OwnNode node = nodes.byId(id.node());
        if (node == null || node.letGo(id.code()) == null) {
            return false;
        }
        surroundings.command(node.handle, new NodeCommand.Retire(id.code()));
        if (node.health == Health.DOWN) {
            book.remove(id);
        }
        return true;
    }
}
