package io.latticeconsole.coordination;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A machine of the fake lattice: what it really is, whatever anybody was told.
final class FakeNode {
    final NodeId id;
    final int index;
    AdminState admin = AdminState.SERVING;
    boolean alive = true;
    final Map<ReplicaId, FakeReplica> replicas = new TreeMap<>();
    final List<Request> running = new ArrayList<>();
    long etag = 1;

    FakeNode(NodeId id, int index) {
        this.id = id;
        this.index = index;
    }

    /// A request under way on this node.
    static final class Request {
        final ReplicaId replica;
        final Instant admitted;
        boolean ended;

        Request(ReplicaId replica, Instant admitted) {
            this.replica = replica;
            this.admitted = admitted;
        }
    }

    /// A copy of a model on this node.
    static final class FakeReplica {
        final ModelId model;
        final String version;
        ReplicaState state;
        long requests;
        long failed;

        FakeReplica(ModelId model, String version, ReplicaState state) {
            this.model = model;
            this.version = version;
            this.state = state;
        }
    }
}
